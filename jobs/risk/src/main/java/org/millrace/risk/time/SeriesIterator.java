package org.millrace.risk.time;

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
    }
    past.advance();
    for (int i = 0; i < plan.columns.length; i++) {
      past.set(i, number(row, plan.columns[i]));
    }
    past.set(plan.columns.length, plan.numericLabel ? number(row, plan.label) : Double.NaN);
    waiting.addLast(withHistory(row));
    if (waiting.size() > plan.horizon) {
      Object[] told = waiting.removeFirst();
      told[plan.label] = row.get(plan.label);
      told[width - 3] = row.get(plan.time);
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
    values[plan.label] = null;
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
      for (int window : plan.rolling) {
        values[next++] = orNull(scale.learnt(past.mean(i, newest, window), naive));
      }
    }
    values[width - 2] = orNull(last);
    values[width - 1] = orNull(seasonal);
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
    return ((Number) value).doubleValue();
  }
}
