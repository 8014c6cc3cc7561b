package org.millrace.forecast.method.simple;

import java.util.Locale;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.NormalPrediction;
import org.millrace.forecast.series.History;

/**
 * A random walk with drift: the line through the first and the last value goes on. Interval: the
 * deviation of the differences around their mean times sqrt(h (1 + h / (n - 1))).
 *
 * <p>Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition,
 * sections 5.2 and 5.5; R: {@code forecast::rwf(drift = TRUE)}.
 */
public final class Drift implements Method {
  public static final String NAME = "drift";
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double cost(int length, int[] periods) {
    return 1;
  }

  @Override
  public Fitted fit(History history) throws Unfit {
    double[] y = history.values();
    int n = y.length;
    if (n < 3) {
      throw new Unfit(n + " steps are too few for a drift, 3 are needed");
    }
    double slope = (y[n - 1] - y[0]) / (n - 1);
    Spread spread = new Spread();
    double[] errors = new double[n - 1];
    for (int t = 1; t < n; t++) {
      errors[t - 1] = y[t] - y[t - 1] - slope;
      spread.add(errors[t - 1]);
    }
    double deviation = spread.deviation(1);
    return Steps.of(
        String.format(Locale.ROOT, "drift %.6g a step", slope),
        errors,
        horizon -> {
          double[] means = new double[horizon];
          double[] deviations = new double[horizon];
          for (int i = 0; i < horizon; i++) {
            double h = i + 1.0;
            means[i] = y[n - 1] + h * slope;
            deviations[i] = deviation * Math.sqrt(h * (1 + h / (n - 1)));
          }
          return new NormalPrediction(means, deviations);
        });
  }
}
