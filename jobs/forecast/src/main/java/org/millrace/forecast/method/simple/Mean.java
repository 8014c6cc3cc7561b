package org.millrace.forecast.method.simple;

import java.util.Arrays;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.NormalPrediction;
import org.millrace.forecast.series.History;

/**
 * Every step is the mean of the history. Interval: the deviation of the history times sqrt(1 + 1 /
 * n).
 *
 * <p>Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition,
 * sections 5.2 and 5.5; R: {@code forecast::meanf}, whose quantiles are Student's while these are
 * normal as the book's.
 */
public final class Mean implements Method {
  public static final String NAME = "mean";
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
    if (y.length == 0) {
      throw new Unfit("the mean of no value");
    }
    double mean = Arrays.stream(y).average().orElseThrow();
    Spread spread = new Spread();
    double[] errors = Arrays.stream(y).map(value -> value - mean).toArray();
    for (double error : errors) {
      spread.add(error);
    }
    double deviation = spread.deviation(1) * Math.sqrt(1 + 1.0 / y.length);
    return Steps.of(
        "mean of " + y.length + " steps",
        errors,
        horizon -> {
          double[] means = new double[horizon];
          double[] deviations = new double[horizon];
          Arrays.fill(means, mean);
          Arrays.fill(deviations, deviation);
          return new NormalPrediction(means, deviations);
        });
  }
}
