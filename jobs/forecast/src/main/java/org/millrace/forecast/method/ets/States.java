package org.millrace.forecast.method.ets;

import java.util.Arrays;
import org.millrace.forecast.method.ets.Form.Component;

/**
 * A form with its parameters and the states that it has reached: what forecasts need.
 *
 * @param season the states of the coming season, the next step first
 * @param variance of the one-step errors, relative where the error is multiplicative
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; its array is its own
record States(
    Form form,
    double alpha,
    double beta,
    double gamma,
    double phi,
    double level,
    double trend,
    double[] season,
    double variance) {

  /** What a pass has reached. */
  static States after(Form form, Pass p) {
    double variance = p.squares / Math.max(1, p.n - form.parameters(p.m));
    return new States(
        form,
        p.alpha,
        p.beta,
        p.gamma,
        p.phi,
        p.level[p.n],
        p.trend[p.n],
        Arrays.copyOfRange(p.season, p.n, p.n + p.m),
        variance);
  }

  /** The level and trend expected at a step, without its season; 0 is the next step. */
  double base(int step) {
    double powers = powers(step + 1);
    return switch (form.trend()) {
      case NONE -> level;
      case ADDITIVE -> level + powers * trend;
      case MULTIPLICATIVE -> level * Math.pow(trend, powers);
    };
  }

  /** phi + phi^2 + ... + phi^h. */
  double powers(int h) {
    return phi == 1 ? h : phi * (1 - Math.pow(phi, h)) / (1 - phi);
  }

  double season(int step) {
    return form.hasSeason() ? season[step % season.length] : 0;
  }

  /** The point forecast: the way of the states without errors. */
  double mean(int step) {
    return form.season() == Component.MULTIPLICATIVE
        ? base(step) * season(step)
        : base(step) + season(step);
  }
}
