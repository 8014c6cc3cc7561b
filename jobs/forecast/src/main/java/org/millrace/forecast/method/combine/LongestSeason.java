package org.millrace.forecast.method.combine;

import org.millrace.forecast.method.Method;
import org.millrace.forecast.series.History;

/**
 * Lets a method see the longest season alone: the last week instead of the last day of half-hours.
 */
public final class LongestSeason implements Method {
  private static final long serialVersionUID = 1L;

  private final Method method;

  public LongestSeason(Method method) {
    this.method = method;
  }

  @Override
  public String name() {
    return method.name() + "-longest";
  }

  @Override
  public double cost(int length, int[] periods) {
    return method.cost(length, longest(periods));
  }

  @Override
  public Fitted fit(History history) throws Unfit {
    return method.fit(
        new History(history.values(), longest(history.periods()), history.regressors()));
  }

  private static int[] longest(int[] periods) {
    return periods.length == 0 ? periods : new int[] {periods[periods.length - 1]};
  }
}
