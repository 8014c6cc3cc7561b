package org.millrace.forecast.backtest;

import java.io.Serializable;

/** Exact sums and counts under numbers; those of parts add up. */
public final class Totals implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ExactSum[] sums;
  private final long[] counts;

  public Totals(int size) {
    sums = new ExactSum[size];
    for (int i = 0; i < size; i++) {
      sums[i] = new ExactSum();
    }
    counts = new long[size];
  }

  /** Adds a term; one that is not finite says nothing. */
  public void add(int at, double term) {
    if (Double.isFinite(term)) {
      sums[at].add(term);
      counts[at]++;
    }
  }

  public Totals add(Totals other) {
    for (int i = 0; i < sums.length; i++) {
      sums[i].add(other.sums[i]);
      counts[i] += other.counts[i];
    }
    return this;
  }

  public long count(int at) {
    return counts[at];
  }

  /** NaN where there is no term. */
  public double mean(int at) {
    return mean(at, at + 1, 1);
  }

  /** The mean of all terms under some numbers. */
  public double mean(int from, int to, int step) {
    ExactSum sum = new ExactSum();
    long count = 0;
    for (int at = from; at < to; at += step) {
      sum.add(sums[at]);
      count += counts[at];
    }
    return sum.value() / count;
  }
}
