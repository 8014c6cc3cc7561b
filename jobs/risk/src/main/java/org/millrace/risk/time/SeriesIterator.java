package org.millrace.risk.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Rows that are sorted by series and time, each with its history and with what came after it. No
 * more rows are held than the history and the horizon have. A row's features are made when it comes
 * by, before any later row is seen.
 */
final class SeriesIterator implements Iterator<Row> {
  private final SeriesPlan plan;
  private final Iterator<Row> rows;
  private final int width;
  private final Past past;

  /** Rows whose label to tell has not come yet, the oldest first. */
  private final ArrayDeque<Object[]> waiting = new ArrayDeque<>();

  private final ArrayDeque<Object[]> ready = new ArrayDeque<>();
  private Object[] series;
  private double before;

  SeriesIterator(SeriesPlan plan, Iterator<Row> rows) {
    this.plan = plan;
    this.rows = rows;
    this.width = plan.schema.size();
    // The last one is the label.
    this.past = new Past(plan.columns.length + 1, plan.memory());
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && rows.hasNext()) {
      take(rows.next());
    }
    if (ready.isEmpty()) {
      endOfSeries();
    }
    return !ready.isEmpty();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return RowFactory.create(ready.removeFirst());
  }

  private void take(Row row) {
    Object[] key = Arrays.stream(plan.keys).mapToObj(row::get).toArray();
    if (!Arrays.equals(key, series)) {
      endOfSeries();
      past.clear();
      series = key;
      before = Double.NaN;
    }
    past.advance();
    for (int i = 0; i < plan.columns.length; i++) {
      past.set(i, number(row, plan.columns[i]));
    }
    past.set(plan.columns.length, plan.numericLabel ? number(row, plan.label) : Double.NaN);
    waiting.addLast(withHistory(row));
    if (waiting.size() > plan.horizon) {
      Object[] told = waiting.removeFirst();
      told[width - 5] = row.get(plan.label);
      told[width - 4] = row.get(plan.time);
      ready.addLast(told);
    }
  }

  /** The rows at the end of a series: what is to be told of them has not come. */
  private void endOfSeries() {
    ready.addAll(waiting);
    waiting.clear();
  }

  private Object[] withHistory(Row row) {
    Object[] values = new Object[width];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    int label = plan.columns.length;
    double last = past.back(label, plan.newest);
    double seasonal = plan.seasonal < 0 ? Double.NaN : past.back(label, plan.seasonal);
    double naive = plan.seasonal < 0 ? last : seasonal;
    int next = row.size();
    for (int i = 0; i < plan.columns.length; i++) {
      Target scale = i == plan.labelAmong ? plan.target : Target.VALUE;
      int newest = i == plan.labelAmong ? plan.newest : 0;
      for (int lag : plan.lags) {
        values[next++] = orNull(scale.learnt(past.back(i, lag), naive));
      }
      for (int rows : plan.differences) {
        double change = past.back(i, newest) - past.back(i, newest + rows);
        values[next++] = orNull(scale.spread(change, naive));
      }
      for (int window : plan.rolling) {
        for (Statistic statistic : plan.statistics) {
          double told = past.statistic(statistic, i, newest, window);
          values[next++] = orNull(statistic.learnt(scale, told, naive));
        }
      }
    }
    values[width - 3] = orNull(last);
    values[width - 2] = orNull(seasonal);
    double now = moment(row.get(plan.time));
    values[width - 1] = orNull(now - before);
    before = now;
    return values;
  }

  private static Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private static double number(Row row, int at) {
    if (row.isNullAt(at)) {
      return Double.NaN;
    }
    Object value = row.get(at);
    if (value instanceof Boolean is) {
      return is ? 1 : 0;
    }
    double number = ((Number) value).doubleValue();
    return Double.isFinite(number) ? number : Double.NaN;
  }

  /** Seconds, days, or the number itself. */
  @SuppressWarnings("JavaUtilDate") // What Spark's rows hold.
  private static double moment(Object time) {
    if (time instanceof java.sql.Timestamp timestamp) {
      return timestamp.getTime() / 1000.0;
    }
    if (time instanceof java.sql.Date date) {
      return date.toLocalDate().toEpochDay();
    }
    if (time instanceof Instant instant) {
      return instant.toEpochMilli() / 1000.0;
    }
    if (time instanceof LocalDate date) {
      return date.toEpochDay();
    }
    if (time instanceof LocalDateTime local) {
      return local.toEpochSecond(ZoneOffset.UTC);
    }
    return ((Number) time).doubleValue();
  }
}
