package org.millrace.forecast.backtest;

import java.util.Arrays;

/** The measures of one window: means over its steps. */
final class Tally {
  private final double[] sums = new double[Measure.COUNT];
  private int steps;

  void add(Point point) {
    for (Measure measure : Measure.values()) {
      sums[measure.index()] += measure.at(point);
    }
    steps++;
  }

  /** By measure; NaN where nothing was measured. */
  double[] values() {
    double[] values = new double[Measure.COUNT];
    for (Measure measure : Measure.values()) {
      double mean = sums[measure.index()] / steps;
      values[measure.index()] = measure.isSquared() ? Math.sqrt(mean) : mean;
    }
    return values;
  }

  static double[] nothing() {
    double[] values = new double[Measure.COUNT];
    Arrays.fill(values, Double.NaN);
    return values;
  }
}
