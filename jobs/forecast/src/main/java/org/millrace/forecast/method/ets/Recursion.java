package org.millrace.forecast.method.ets;

import org.millrace.forecast.method.ets.Form.Component;

/**
 * The equations that carry the states of a form from step to step (Hyndman, Koehler, Ord and Snyder
 * 2008, table 2.1, in the parametrisation of R's {@code ets}: both kinds of error have the same
 * states).
 */
interface Recursion {

  /**
   * Fills states, forecasts and errors from the parameters and the first states.
   *
   * @return false where a state leaves what the form allows
   */
  boolean forward(Pass pass);

  /**
   * Derives {@code n log(squares) + 2 logForecasts} by the parameters and the first states, against
   * the order of the steps (reverse accumulation), after {@link #forward}.
   *
   * @param weight 2 n / squares
   */
  void backward(Pass pass, double weight);

  static Recursion of(Form form) {
    if (form.trend() == Component.MULTIPLICATIVE) {
      return new GrowthRecursion(form.season());
    }
    return form.season() == Component.MULTIPLICATIVE ? new RatioRecursion() : new LinearRecursion();
  }
}
