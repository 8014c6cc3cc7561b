package org.millrace.forecast.method.simple;

import java.util.Locale;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.NormalPrediction;
import org.millrace.forecast.series.History;

/**
 * Every step is the last value of its own season. Interval: the deviation of the seasonal
 * differences times sqrt(k + 1), where k counts the whole seasons before the step.
 *
 * <p>Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition,
 * sections 5.2 and 5.5; R: {@code forecast::snaive}.
 */
public final class SeasonalNaive implements Method {
  public static final String NAME = "seasonal-naive";
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double cost(int length, int[] periods) {
    return 1;
  }

  /** Fits with the shortest season of the history; without a season it is {@link Naive}. */
  @Override
  public Fitted fit(History history) throws Unfit {
    int period = history.period();
    if (history.length() < period) {
      throw new Unfit(
          String.format(
              Locale.ROOT,
              "%d steps are less than a season of %d steps",
              history.length(),
              period));
    }
    return repeat(history.values(), period);
  }

  /** Repeats the last steps of a series. */
  static Fitted repeat(double[] y, int period) {
    Spread spread = new Spread();
    double[] errors = new double[Math.max(0, y.length - period)];
    for (int t = period; t < y.length; t++) {
      errors[t - period] = y[t] - y[t - period];
      spread.add(errors[t - period]);
    }
    double deviation = spread.deviation(0);
    int n = y.length;
    return Steps.of(
        period == 1 ? "last value" : "last season of " + period + " steps",
        errors,
        horizon -> {
          double[] means = new double[horizon];
          double[] deviations = new double[horizon];
          for (int h = 0; h < horizon; h++) {
            means[h] = y[n - period + h % period];
            int seasons = h / period;
            deviations[h] = deviation * Math.sqrt(seasons + 1.0);
          }
          return new NormalPrediction(means, deviations);
        });
  }
}
