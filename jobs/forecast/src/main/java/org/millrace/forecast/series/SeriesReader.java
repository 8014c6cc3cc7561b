package org.millrace.forecast.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.millrace.forecast.series.Refused.Rule;

/**
 * Cuts rows that are sorted by series and time into series, one in memory at a time. Rows that say
 * the same of the same time are one row.
 */
final class SeriesReader implements Iterator<RawSeries> {
  /** So many refused rows of a series are kept; a series with more is refused as a whole. */
  private static final int MOST_REFUSED_ROWS = 10_000;

  private final Iterator<Row> rows;
  private final int keys;
  private final int regressors;
  private final SeriesRules rules;
  private Row next;

  /**
   * @param rows with the columns of {@link SeriesTable}: keys, time, value, regressors, note
   */
  SeriesReader(Iterator<Row> rows, SeriesRules rules) {
    this.rows = rows;
    this.keys = rules.keys();
    this.regressors = rules.known().size();
    this.rules = rules;
    advance();
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public RawSeries next() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    RawSeries series = new RawSeries(key(next), regressors, rules.maxPoints());
    while (next != null && isOf(series)) {
      if (next.isNullAt(keys)) {
        series.note(next.getString(keys + 2 + regressors));
        advance();
      } else {
        takeTime(series);
      }
    }
    return series;
  }

  /** Takes all rows of one time. */
  private void takeTime(RawSeries series) {
    Row first = next;
    long time = first.getLong(keys);
    List<Row> others = new ArrayList<>();
    advance();
    while (next != null && isOf(series) && next.getLong(keys) == time) {
      if (!saysTheSame(first, next) && others.size() < MOST_REFUSED_ROWS) {
        others.add(next);
      }
      advance();
    }
    if (others.isEmpty()) {
      series.add(time, value(first), regressors(first));
      return;
    }
    boolean full = series.refusedRows().size() + others.size() >= MOST_REFUSED_ROWS;
    if (rules.duplicates() == SeriesLayout.Duplicates.REFUSE_ROWS && !full) {
      series.refusedRows().add(first);
      series.refusedRows().addAll(others);
    } else if (series.conflict().isEmpty()) {
      series.refuse(
          new Refused(
              Rule.SERIES_DUPLICATE,
              "%s has values such as %s and %s"
                  .formatted(Times.show(time), value(first), value(others.get(0)))));
    }
  }

  private boolean saysTheSame(Row a, Row b) {
    for (int i = keys + 1; i < keys + 2 + regressors; i++) {
      if (Double.compare(number(a, i), number(b, i)) != 0) {
        return false;
      }
    }
    return true;
  }

  private double value(Row row) {
    return number(row, keys + 1);
  }

  private double[] regressors(Row row) {
    double[] numbers = new double[regressors];
    for (int r = 0; r < regressors; r++) {
      numbers[r] = number(row, keys + 2 + r);
    }
    return numbers;
  }

  private static double number(Row row, int column) {
    return row.isNullAt(column) ? Double.NaN : row.getDouble(column);
  }

  private Object[] key(Row row) {
    Object[] key = new Object[keys];
    Arrays.setAll(key, row::get);
    return key;
  }

  private boolean isOf(RawSeries series) {
    for (int i = 0; i < keys; i++) {
      if (!java.util.Objects.equals(series.key()[i], next.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void advance() {
    next = Optional.of(rows).filter(Iterator::hasNext).map(Iterator::next).orElse(null);
  }
}
