package org.millrace.language;

import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/** What is made of rows, one row at a time. */
final class FlatRows<T> implements Iterator<T> {
  private final Iterator<Row> rows;
  private final FlatMapFunction<Row, T> work;
  private Iterator<T> ready = Collections.emptyIterator();

  FlatRows(Iterator<Row> rows, FlatMapFunction<Row, T> work) {
    this.rows = rows;
    this.work = work;
  }

  @Override
  public boolean hasNext() {
    while (!ready.hasNext() && rows.hasNext()) {
      try {
        ready = work.call(rows.next());
      } catch (Exception e) {
        throw new IllegalStateException("a row could not be worked on: " + e.getMessage(), e);
      }
    }
    return ready.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new java.util.NoSuchElementException();
    }
    return ready.next();
  }
}
