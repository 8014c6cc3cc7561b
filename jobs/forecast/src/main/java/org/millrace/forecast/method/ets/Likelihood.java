package org.millrace.forecast.method.ets;

import org.millrace.forecast.method.search.Smooth;

/**
 * Twice the negative logarithm of the likelihood of a form, concentrated on the variance and
 * without its constant: {@code n log(sum of squared errors)}, and {@code + 2 sum of log(forecasts)}
 * where the error is multiplicative (Hyndman et al. 2008, equation 5.3; R's {@code ets}).
 *
 * <p>A point has one number for each smoothing parameter of the form (alpha, beta, gamma, phi) and
 * one for each free initial state (level, trend, seasons but the last). Parameters are kept in the
 * usual region, 0 &lt; beta &lt; alpha &lt; 1, 0 &lt; gamma &lt; 1 - alpha, 0.8 &lt;= phi &lt;=
 * 0.98, by x = low + (high - low) sin(z)^2, so that the search has no bounds. States are offsets
 * from a start in units of their own.
 */
final class Likelihood implements Smooth {
  static final double LOW = 1e-4;
  static final double HIGH = 0.9999;
  static final double LOW_PHI = 0.8;
  static final double HIGH_PHI = 0.98;

  private final Form form;
  private final Pass pass;
  private final Recursion recursion;
  private final Start start;
  private final double floor;
  private double ofBeta;
  private double ofGamma;
  private double weight;
  private double[] point = {};

  Likelihood(Form form, Pass pass, Start start) {
    this.form = form;
    this.pass = pass;
    this.start = start;
    recursion = Recursion.of(form);
    floor = pass.n * 1e-22;
  }

  Pass pass() {
    return pass;
  }

  /** Sets the units of the states once, by the deviation of the errors at a start. */
  void units(double deviation) {
    if (start.levelUnit == 0 && deviation > 0) {
      start.units(form, Math.max(deviation, 1e-8));
    }
  }

  int dimension() {
    return form.parameters(pass.m);
  }

  @Override
  public double at(double[] z) {
    point = z;
    int k = 0;
    pass.relative = form.multiplicativeError();
    pass.alpha = LOW + (HIGH - LOW) * fraction(z[k++]);
    pass.beta = 0;
    pass.gamma = 0;
    pass.phi = form.hasTrend() ? 1 : 0;
    if (form.hasTrend()) {
      ofBeta = fraction(z[k++]);
      pass.beta = LOW + (pass.alpha - LOW) * ofBeta;
    }
    if (form.hasSeason()) {
      ofGamma = fraction(z[k++]);
      pass.gamma = LOW + (1 - pass.alpha - LOW) * ofGamma;
    }
    if (form.damped()) {
      pass.phi = LOW_PHI + (HIGH_PHI - LOW_PHI) * fraction(z[k++]);
    }
    states(z, k);
    if (!recursion.forward(pass) || !pass.sum()) {
      return Double.POSITIVE_INFINITY;
    }
    double squares = pass.squares + floor;
    weight = 2 * pass.n / squares;
    double value = pass.n * Math.log(squares) + 2 * pass.logForecasts;
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
  }

  private void states(double[] z, int from) {
    int k = from;
    pass.level[0] = start.level + start.levelUnit * z[k++];
    pass.trend[0] = form.hasTrend() ? start.trend + start.trendUnit * z[k++] : 0;
    if (form.hasSeason()) {
      int last = pass.m - 1;
      double rest = form.season() == Form.Component.ADDITIVE ? 0 : pass.m;
      for (int i = 0; i < last; i++) {
        double s = start.season[i] + start.seasonUnit * z[k++];
        pass.season[i] = s;
        rest -= s;
      }
      pass.season[last] = rest;
    } else {
      pass.season[0] = 0;
    }
  }

  @Override
  public void gradient(double[] slope) {
    recursion.backward(pass, weight);
    double[] z = point;
    int k = 1;
    double dAlpha = pass.dAlpha;
    if (form.hasTrend()) {
      dAlpha += pass.dBeta * ofBeta;
      slope[k] = pass.dBeta * (pass.alpha - LOW) * Math.sin(2 * z[k]);
      k++;
    }
    if (form.hasSeason()) {
      dAlpha -= pass.dGamma * ofGamma;
      slope[k] = pass.dGamma * (1 - pass.alpha - LOW) * Math.sin(2 * z[k]);
      k++;
    }
    if (form.damped()) {
      slope[k] = pass.dPhi * (HIGH_PHI - LOW_PHI) * Math.sin(2 * z[k]);
      k++;
    }
    slope[0] = dAlpha * (HIGH - LOW) * Math.sin(2 * z[0]);
    slope[k++] = pass.dLevel * start.levelUnit;
    if (form.hasTrend()) {
      slope[k++] = pass.dTrend * start.trendUnit;
    }
    if (form.hasSeason()) {
      int last = pass.m - 1;
      for (int i = 0; i < last; i++) {
        slope[k++] = (pass.dSeason[i] - pass.dSeason[last]) * start.seasonUnit;
      }
    }
  }

  private static double fraction(double z) {
    double sine = Math.sin(z);
    return sine * sine;
  }

  /** The number that stands for a fraction between 0 and 1. */
  static double of(double fraction) {
    return Math.asin(Math.sqrt(fraction));
  }
}
