package org.millrace.forecast.method.theta;

import java.util.Locale;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.NormalPrediction;
import org.millrace.forecast.method.Prediction;
import org.millrace.forecast.series.History;

/**
 * The Theta method: the seasonally adjusted series is smoothed exponentially and drifts by a part
 * of the slope of its trend line. Intervals are those of simple exponential smoothing on the
 * adjusted series, sigma sqrt(1 + (h - 1) alpha^2), and normal.
 *
 * <p>Source: Assimakopoulos and Nikolopoulos 2000, The theta model; Hyndman and Billah 2003,
 * Unmasking the Theta method; R: {@code forecast::thetaf}. Optimised: Fiorucci et al. 2016, Models
 * for optimising the theta method and their relationship to state space models (OTM).
 */
public final class Theta implements Method {
  public static final String NAME = "theta";
  public static final String OPTIMISED = "theta-optimised";
  private static final long serialVersionUID = 1L;
  private static final int LEAST = 4;

  private final boolean optimised;

  /**
   * @param optimised whether theta (1 or larger) is found with the smoothing by least squares of
   *     the errors of one step; else it is 2, the drift is half the slope, and the smoothing is
   *     found without it
   */
  public Theta(boolean optimised) {
    this.optimised = optimised;
  }

  @Override
  public String name() {
    return optimised ? OPTIMISED : NAME;
  }

  @Override
  public double cost(int length, int[] periods) {
    return 160 + (periods.length == 0 ? 0 : 2.0 * periods[0]);
  }

  /** Fits with the shortest season of the history, where it is significant. */
  @Override
  public Fitted fit(History history) throws Unfit {
    double[] y = history.values();
    if (y.length < LEAST) {
      throw new Unfit(y.length + " steps are too few for theta, " + LEAST + " are needed");
    }
    Seasonality season = Seasonality.of(y, history.period());
    double[] adjusted = season.adjusted(y);
    double slope = slope(adjusted);
    Smoothing smoothing = new Smoothing(adjusted, optimised ? slope : 0);
    return new FittedTheta(y.length, season, smoothing, slope, optimised);
  }

  private static double slope(double[] y) {
    double middle = (y.length - 1) / 2.0;
    double sum = 0;
    double squares = 0;
    for (int t = 0; t < y.length; t++) {
      sum += (t - middle) * (y[t] - y[0]);
      squares += (t - middle) * (t - middle);
    }
    return sum / squares;
  }

  private static final class FittedTheta implements Fitted {
    private final int length;
    private final Seasonality season;
    private final double alpha;
    private final double drift;
    private final double next;
    private final double deviation;
    private final double theta;
    private final Smoothing smoothing;

    FittedTheta(
        int length, Seasonality season, Smoothing smoothing, double slope, boolean optimised) {
      this.length = length;
      this.season = season;
      this.smoothing = smoothing;
      alpha = smoothing.alpha();
      drift = optimised ? smoothing.drift() : slope / 2;
      double drifted = optimised ? 1 : 1 - Math.pow(1 - alpha, length);
      next = smoothing.level() + drift * drifted / alpha;
      theta = slope == 0 ? 1 : 1 / (1 - drift / slope);
      deviation = Math.sqrt(smoothing.squares() / (length - (optimised ? 3 : 2)));
    }

    @Override
    public Prediction predict(int horizon, double[][] future) {
      double[] means = new double[horizon];
      double[] deviations = new double[horizon];
      for (int h = 0; h < horizon; h++) {
        means[h] = season.restored(next + h * drift, length + h);
        deviations[h] = deviation * Math.sqrt(1 + h * alpha * alpha);
      }
      return new NormalPrediction(means, deviations);
    }

    /** Of the smoothing, with the season put back on them. */
    @Override
    public double[] errors() {
      double[] errors = smoothing.errors();
      for (int t = 0; t < errors.length; t++) {
        errors[t] = season.restored(errors[t], t) - season.restored(0, t);
      }
      return errors;
    }

    @Override
    public String description() {
      return String.format(
          Locale.ROOT,
          "theta %.4g, alpha %.4g, drift %.6g a step, %s",
          theta,
          alpha,
          drift,
          season.description());
    }
  }
}
