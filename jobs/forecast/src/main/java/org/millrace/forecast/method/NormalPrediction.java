package org.millrace.forecast.method;

import org.apache.commons.math3.special.Erf;

/** Steps that are normally distributed, each with its own mean and standard deviation. */
public final class NormalPrediction implements Prediction {
  private static final double SQRT_2 = Math.sqrt(2);

  private final double[] means;
  private final double[] deviations;

  /**
   * @param means one for each step
   * @param deviations standard deviations of the error of the forecast, at least 0, one for each
   *     step; where it is 0 all quantiles are the mean
   */
  public NormalPrediction(double[] means, double[] deviations) {
    this.means = means;
    this.deviations = deviations;
  }

  @Override
  public int horizon() {
    return means.length;
  }

  @Override
  public double mean(int step) {
    return means[step];
  }

  public double deviation(int step) {
    return deviations[step];
  }

  @Override
  public double quantile(int step, double probability) {
    double deviation = deviations[step];
    return deviation == 0 ? means[step] : means[step] + deviation * standard(probability);
  }

  /** The quantile of the standard normal distribution. */
  public static double standard(double probability) {
    return SQRT_2 * Erf.erfInv(2 * probability - 1);
  }
}
