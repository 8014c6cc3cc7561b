package org.millrace.forecast.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * The rows of one series in the order of their times, as the table has them: the newest ones up to
 * a limit, in memory that does not grow beyond it.
 */
public final class RawSeries {
  private static final int FIRST_CAPACITY = 256;

  private final Object[] key;
  private final int limit;
  private final List<Row> refusedRows = new ArrayList<>();
  private long[] times;
  private double[] values;
  private double[][] known;
  private long seen;
  private Optional<String> note = Optional.empty();
  private Optional<Refused> conflict = Optional.empty();

  RawSeries(Object[] key, int regressors, int limit) {
    this.key = key;
    this.limit = limit;
    int capacity = Math.min(FIRST_CAPACITY, limit);
    this.times = new long[capacity];
    this.values = new double[capacity];
    this.known = new double[regressors][capacity];
  }

  /** Adds a row that is newer than all before; NaN stands for what is absent. */
  void add(long time, double value, double[] regressors) {
    if (seen == times.length && times.length < limit) {
      int capacity = (int) Math.min(2L * times.length, limit);
      times = Arrays.copyOf(times, capacity);
      values = Arrays.copyOf(values, capacity);
      for (int r = 0; r < known.length; r++) {
        known[r] = Arrays.copyOf(known[r], capacity);
      }
    }
    int at = (int) (seen % times.length);
    times[at] = time;
    values[at] = value;
    for (int r = 0; r < known.length; r++) {
      known[r][at] = regressors[r];
    }
    seen++;
  }

  void note(String text) {
    note = Optional.of(text);
  }

  void refuse(Refused reason) {
    conflict = Optional.of(reason);
  }

  /** What the model says of the series: the name of a method. */
  public Optional<String> note() {
    return note;
  }

  /** Values of the key columns. */
  public Object[] key() {
    return key;
  }

  /** Rows that are not taken, beside which the series goes on. */
  public List<Row> refusedRows() {
    return refusedRows;
  }

  /** Why the series as a whole cannot be taken, where its rows tell. */
  public Optional<Refused> conflict() {
    return conflict;
  }

  /** Whether any row of the table is of it; a model may know series that the table has not. */
  public boolean isInTable() {
    return seen > 0 || !refusedRows.isEmpty() || conflict.isPresent();
  }

  int length() {
    return (int) Math.min(seen, times.length);
  }

  /** Rows beyond the limit, the oldest ones. */
  long dropped() {
    return seen - length();
  }

  long[] times() {
    return Arrays.copyOf(inOrder(times), length());
  }

  double[] values() {
    return inOrder(values);
  }

  double[][] known() {
    double[][] ordered = new double[known.length][];
    for (int r = 0; r < known.length; r++) {
      ordered[r] = inOrder(known[r]);
    }
    return ordered;
  }

  private long[] inOrder(long[] ring) {
    if (seen <= ring.length) {
      return ring;
    }
    int oldest = (int) (seen % ring.length);
    long[] ordered = new long[ring.length];
    System.arraycopy(ring, oldest, ordered, 0, ring.length - oldest);
    System.arraycopy(ring, 0, ordered, ring.length - oldest, oldest);
    return ordered;
  }

  private double[] inOrder(double[] ring) {
    if (seen <= ring.length) {
      return ring;
    }
    int oldest = (int) (seen % ring.length);
    double[] ordered = new double[ring.length];
    System.arraycopy(ring, oldest, ordered, 0, ring.length - oldest);
    System.arraycopy(ring, 0, ordered, ring.length - oldest, oldest);
    return ordered;
  }
}
