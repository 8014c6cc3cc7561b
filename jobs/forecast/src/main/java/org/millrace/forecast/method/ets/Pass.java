package org.millrace.forecast.method.ets;

import java.util.Arrays;

/**
 * One way of a model through a series, forwards for the one-step errors and backwards for their
 * gradient. It holds the arrays of both: made once a form and series, nothing is allocated later.
 *
 * <p>The seasonal state that step t uses is {@code season[t]}, the one that it leaves is {@code
 * season[t + m]}; without a season m is 1 and all of them are 0.
 */
final class Pass {
  final double[] y;
  final int n;
  final int m;
  boolean relative;

  double alpha;
  double beta;
  double gamma;
  double phi;
  final double[] level;
  final double[] trend;
  final double[] season;
  final double[] error;
  final double[] forecast;

  /** Sum of squared errors, relative to the forecast where the error is multiplicative. */
  double squares;

  /** Sum of the logarithms of the forecasts where the error is multiplicative. */
  double logForecasts;

  double dAlpha;
  double dBeta;
  double dGamma;
  double dPhi;
  double dLevel;
  double dTrend;
  final double[] dSeason;

  Pass(double[] y, int m) {
    this.y = y;
    this.n = y.length;
    this.m = m;
    level = new double[n + 1];
    trend = new double[n + 1];
    season = new double[n + m];
    error = new double[n];
    forecast = new double[n];
    dSeason = new double[n + m];
  }

  /**
   * Sums up errors and forecasts.
   *
   * @return false where a forecast is not positive and the error is multiplicative
   */
  boolean sum() {
    double sum = 0;
    if (!relative) {
      for (double e : error) {
        sum += e * e;
      }
      squares = sum;
      logForecasts = 0;
      return true;
    }
    double product = 1;
    double logs = 0;
    for (int t = 0; t < n; t++) {
      double f = forecast[t];
      if (!(f > 0)) {
        return false;
      }
      double r = error[t] / f;
      sum += r * r;
      product *= f;
      if (product > 1e100 || product < 1e-100) {
        logs += Math.log(product);
        product = 1;
      }
    }
    squares = sum;
    logForecasts = logs + Math.log(product);
    return true;
  }

  /** The root of the mean squared error, in units of the series. */
  double deviation() {
    double sum = 0;
    for (double e : error) {
      sum += e * e;
    }
    return Math.sqrt(sum / n);
  }

  void clear() {
    dAlpha = 0;
    dBeta = 0;
    dGamma = 0;
    dPhi = 0;
    Arrays.fill(dSeason, n, n + m, 0);
  }
}
