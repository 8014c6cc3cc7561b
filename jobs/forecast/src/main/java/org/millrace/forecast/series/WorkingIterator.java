package org.millrace.forecast.series;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/** What a task's worker makes of its series, one series after the other. */
final class WorkingIterator implements Iterator<Row> {
  private final SeriesReader series;
  private final SeriesTable.Worker worker;
  private Iterator<Row> made = Collections.emptyIterator();
  private boolean ended;

  WorkingIterator(SeriesReader series, SeriesTable.Work work) {
    this.series = series;
    this.worker = work.begin();
    TaskCompletionListener end = context -> worker.close();
    TaskContext.get().addTaskCompletionListener(end);
  }

  @Override
  public boolean hasNext() {
    while (!made.hasNext() && !ended) {
      if (series.hasNext()) {
        RawSeries next = series.next();
        made = next.isInTable() ? worker.work(next) : Collections.emptyIterator();
      } else {
        made = worker.end();
        ended = true;
      }
    }
    return made.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return made.next();
  }
}
