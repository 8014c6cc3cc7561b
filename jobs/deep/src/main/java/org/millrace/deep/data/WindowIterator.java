package org.millrace.deep.data;

import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** The windows of rows that are sorted by series and time. */
final class WindowIterator implements Iterator<Row> {
  private final SeriesWindows.Cut windows;
  private final Iterator<Row> rows;
  private final boolean latest;
  private final int first;

  /** Rows that follow each other without a gap, the newest last. */
  private final Deque<Moment> moments = new ArrayDeque<>();

  private Object series;
  private long passed;
  private Row pending;
  private Row ready;
  private boolean done;

  /** A row: the numbers are the value, NaN where there is none, and what is known. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares moments.
  private record Moment(Timestamp time, double[] numbers) {
    boolean hasValue() {
      return Double.isFinite(numbers[0]);
    }
  }

  /**
   * @param latest whether only the window at the end of each series is made
   */
  WindowIterator(SeriesWindows.Cut windows, Iterator<Row> rows, boolean latest) {
    this.windows = windows;
    this.rows = rows;
    this.latest = latest;
    this.first = windows.keyed() ? 1 : 0;
  }

  @Override
  public boolean hasNext() {
    while (ready == null && !done) {
      if (rows.hasNext()) {
        take(rows.next());
      } else {
        endOfSeries();
        done = true;
      }
    }
    return ready != null;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Row row = ready;
    ready = null;
    return row;
  }

  private void take(Row row) {
    Object name = first == 1 ? row.get(0) : null;
    if (!Objects.equals(name, series)) {
      endOfSeries();
      series = name;
    }
    Moment moment = moment(row);
    if (moment == null) {
      restart();
      return;
    }
    if (!moments.isEmpty() && !follows(moments.getLast(), moment)) {
      restart();
    }
    moments.addLast(moment);
    int length = windows.history() + windows.horizon();
    if (moments.size() > length) {
      moments.removeFirst();
    }
    if (latest) {
      keepLatest();
    } else if (moments.size() == length) {
      if (passed++ % windows.stride() == 0) {
        ready = past();
      }
    }
  }

  /** Null where the row has no time, or lacks what every row needs. */
  private Moment moment(Row row) {
    double[] numbers = new double[1 + windows.known()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = row.isNullAt(first + 1 + i) ? Double.NaN : row.getDouble(first + 1 + i);
    }
    boolean knownThere = Arrays.stream(numbers).skip(1).allMatch(Double::isFinite);
    boolean valueThere = Double.isFinite(numbers[0]);
    return row.isNullAt(first) || !knownThere || (!latest && !valueThere)
        ? null
        : new Moment(row.getTimestamp(first), numbers);
  }

  private boolean follows(Moment before, Moment after) {
    Duration between = Duration.between(before.time.toInstant(), after.time.toInstant());
    return between.equals(windows.step());
  }

  private void restart() {
    moments.clear();
    passed = 0;
    pending = null;
  }

  private void endOfSeries() {
    if (pending != null) {
      ready = pending;
    }
    restart();
  }

  private Row past() {
    List<Moment> all = new ArrayList<>(moments);
    List<Moment> after = all.subList(windows.history(), all.size());
    List<Double> future = after.stream().map(m -> m.numbers[0]).toList();
    return row(all.subList(0, windows.history()), after, future);
  }

  /** The window that would be the latest if the series ended here. */
  private void keepLatest() {
    List<Moment> all = new ArrayList<>(moments);
    int ahead = windows.known() == 0 ? 0 : windows.horizon();
    int end = all.size();
    while (end > 0 && !all.get(end - 1).hasValue()) {
      end--;
    }
    boolean complete =
        end >= windows.history()
            && all.size() - end >= ahead
            && all.subList(end - windows.history(), end).stream().allMatch(Moment::hasValue);
    if (complete) {
      pending = row(all.subList(end - windows.history(), end), all.subList(end, end + ahead), null);
    } else if (end == all.size()) {
      pending = null;
    }
  }

  private Row row(List<Moment> before, List<Moment> after, List<Double> future) {
    List<Object> values = new ArrayList<>();
    if (first == 1) {
      values.add(series);
    }
    values.add(before.get(before.size() - 1).time);
    values.add(
        array(before.stream().map(m -> array(Arrays.stream(m.numbers).boxed().toList())).toList()));
    if (windows.known() > 0) {
      values.add(
          array(after.stream().flatMap(m -> Arrays.stream(m.numbers).skip(1).boxed()).toList()));
    }
    values.add(future == null ? null : array(future));
    return RowFactory.create(values.toArray());
  }

  /** As rows of Spark hold arrays. */
  private static <T> Seq<T> array(List<T> elements) {
    return JavaConverters.asScalaBuffer(elements);
  }
}
