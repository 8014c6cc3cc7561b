package org.millrace.forecast.interval;

import java.util.List;
import java.util.stream.DoubleStream;

/** How far from the mean quantiles stand. */
public enum Intervals {
  /** As the methods say. */
  MODEL,
  /** As far as values came from their forecasts in the backtest. */
  CONFORMAL;

  /** The levels whose radii are kept; between them radii are interpolated. */
  public static final List<Double> LEVELS =
      DoubleStream.of(0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99)
          .boxed()
          .toList();

  /**
   * Puts quantiles where the backtest says.
   *
   * @param radii of the step, by level; NaN leaves the quantiles as they are
   * @param low the 10 % quantile of the method
   * @param high the 90 % quantile of the method
   */
  public static double[] corrected(
      double[] quantiles,
      double[] probabilities,
      double mean,
      double low,
      double high,
      double[] radii) {
    if (Double.isNaN(radii[0])) {
      return quantiles;
    }
    double[] corrected = new double[quantiles.length];
    for (int p = 0; p < quantiles.length; p++) {
      double level = Math.abs(2 * probabilities[p] - 1);
      double unit = probabilities[p] < 0.5 ? mean - low : high - mean;
      corrected[p] =
          mean + Math.signum(probabilities[p] - 0.5) * Math.max(0, unit) * radius(level, radii);
    }
    return corrected;
  }

  /** Between two levels on the line between their radii, above the highest as far as that. */
  private static double radius(double level, double[] radii) {
    int above = 0;
    while (above < LEVELS.size() && LEVELS.get(above) < level - 1e-12) {
      above++;
    }
    if (above == 0 || above == LEVELS.size()) {
      return radii[Math.min(above, LEVELS.size() - 1)];
    }
    double share = (level - LEVELS.get(above - 1)) / (LEVELS.get(above) - LEVELS.get(above - 1));
    return radii[above - 1] + share * (radii[above] - radii[above - 1]);
  }
}
