package org.millrace.forecast.method.ets;

import java.util.Optional;
import org.millrace.forecast.method.ets.Form.Component;

/**
 * Forecast variances in closed form (Hyndman, Koehler, Ord and Snyder 2008, section 6.3: class 1,
 * linear with additive errors; class 2, linear with multiplicative errors; class 3, multiplicative
 * errors and seasons on a linear trend). The book's class 3 takes level and season as independent;
 * here an error that moves both, a whole number of seasons before, moves their product by the sum,
 * exact to the first order of the variance.
 */
final class Variances {
  private Variances() {}

  /** The standard deviation of each step; empty for a form of another class. */
  static Optional<double[]> deviations(States states, int horizon) {
    Form form = states.form();
    boolean ratio = form.season() == Component.MULTIPLICATIVE;
    if (form.trend() == Component.MULTIPLICATIVE || (ratio && !form.multiplicativeError())) {
      return Optional.empty();
    }
    double[] variances =
        form.multiplicativeError() ? relative(states, horizon, ratio) : additive(states, horizon);
    for (int h = 0; h < horizon; h++) {
      variances[h] = Math.sqrt(Math.max(0, variances[h]));
    }
    return Optional.of(variances);
  }

  /** How much of an error is still in the level, trend and season j steps later. */
  private static double remains(States states, int j, boolean withSeason) {
    double kept = states.alpha() + states.beta() * states.powers(j);
    return withSeason && j % states.season().length == 0 ? kept + states.gamma() : kept;
  }

  private static double[] additive(States states, int horizon) {
    double[] variances = new double[horizon];
    boolean seasonal = states.form().hasSeason();
    double sum = 1;
    for (int h = 0; h < horizon; h++) {
      if (h > 0) {
        double c = remains(states, h, seasonal);
        sum += c * c;
      }
      variances[h] = states.variance() * sum;
    }
    return variances;
  }

  private static double[] relative(States states, int horizon, boolean ratio) {
    double variance = states.variance();
    boolean seasonal = states.form().hasSeason();
    int m = states.season().length;
    double[] squares = new double[horizon];
    double[] variances = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      double mean = ratio ? states.base(h) : states.mean(h);
      double sum = 0;
      for (int j = 1; j <= h; j++) {
        double shift = remains(states, j, seasonal && !ratio) * Math.sqrt(squares[h - j]);
        if (ratio && j % m == 0) {
          shift += states.gamma() * mean;
        }
        sum += shift * shift;
      }
      squares[h] = mean * mean + variance * sum;
      double s = ratio ? states.season(h) : 1;
      variances[h] = s * s * ((1 + variance) * squares[h] - mean * mean);
    }
    return variances;
  }
}
