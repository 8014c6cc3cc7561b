package org.millrace.forecast.method.simple;

import org.millrace.forecast.method.Method;
import org.millrace.forecast.series.History;

/**
 * Every step is the last value. Interval: the deviation of the differences times the root of the
 * step. A history of one value tells nothing of the spread: its interval has no width.
 *
 * <p>Source: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition,
 * sections 5.2 and 5.5; R: {@code forecast::naive}.
 */
public final class Naive implements Method {
  public static final String NAME = "naive";
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
    if (history.length() == 0) {
      throw new Unfit("there is no last value");
    }
    return SeasonalNaive.repeat(history.values(), 1);
  }
}
