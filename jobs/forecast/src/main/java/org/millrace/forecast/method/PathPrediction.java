package org.millrace.forecast.method;

import java.util.Arrays;

/**
 * Steps whose distribution is that of simulated paths. Quantiles lie on the line between the two
 * nearest values (type 7 of Hyndman and Fan 1996).
 */
public final class PathPrediction implements Prediction {
  private final double[] means;
  private final double[][] values;

  /**
   * @param means one for each step
   * @param values for each step the value of every path; sorted here
   */
  public PathPrediction(double[] means, double[][] values) {
    this.means = means;
    this.values = values;
    for (double[] step : values) {
      Arrays.sort(step);
    }
  }

  @Override
  public int horizon() {
    return means.length;
  }

  @Override
  public double mean(int step) {
    return means[step];
  }

  @Override
  public double quantile(int step, double probability) {
    double[] sorted = values[step];
    double at = probability * (sorted.length - 1);
    int below = Math.min((int) at, sorted.length - 2);
    return sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
  }
}
