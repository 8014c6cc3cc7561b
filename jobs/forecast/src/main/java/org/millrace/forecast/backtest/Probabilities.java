package org.millrace.forecast.backtest;

import java.util.List;
import java.util.stream.DoubleStream;

/** The probabilities whose quantiles are asked for. */
public final class Probabilities {
  private static final double[] COVERAGE = {0.025, 0.1, 0.9, 0.975};

  private Probabilities() {}

  /** Those and the ends of the intervals of 80 and 95 %, ascending. */
  public static double[] withIntervals(List<Double> asked) {
    return DoubleStream.concat(
            asked.stream().mapToDouble(Double::doubleValue), DoubleStream.of(COVERAGE))
        .sorted()
        .distinct()
        .toArray();
  }
}
