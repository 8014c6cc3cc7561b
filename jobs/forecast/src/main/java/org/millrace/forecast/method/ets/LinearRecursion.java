package org.millrace.forecast.method.ets;

/**
 * All components additive: q = l + phi b; f = q + s; l' = q + alpha e; b' = phi b + beta e; s' = s
 * + gamma e. A form without a trend has phi = beta = b = 0.
 */
final class LinearRecursion implements Recursion {

  @Override
  public boolean forward(Pass p) {
    double alpha = p.alpha;
    double beta = p.beta;
    double gamma = p.gamma;
    double phi = p.phi;
    double[] y = p.y;
    double[] level = p.level;
    double[] trend = p.trend;
    double[] season = p.season;
    double[] error = p.error;
    double[] forecast = p.forecast;
    int m = p.m;
    double l = level[0];
    double b = trend[0];
    for (int t = 0; t < y.length; t++) {
      double q = l + phi * b;
      double s = season[t];
      double f = q + s;
      double e = y[t] - f;
      l = q + alpha * e;
      b = phi * b + beta * e;
      season[t + m] = s + gamma * e;
      level[t + 1] = l;
      trend[t + 1] = b;
      error[t] = e;
      forecast[t] = f;
    }
    return true;
  }

  @Override
  public void backward(Pass p, double weight) {
    p.clear();
    double alpha = p.alpha;
    double beta = p.beta;
    double gamma = p.gamma;
    double phi = p.phi;
    double[] trend = p.trend;
    double[] error = p.error;
    double[] forecast = p.forecast;
    double[] dSeason = p.dSeason;
    boolean relative = p.relative;
    int m = p.m;
    double dl = 0;
    double db = 0;
    double dAlpha = 0;
    double dBeta = 0;
    double dGamma = 0;
    double dPhi = 0;
    for (int t = p.n - 1; t >= 0; t--) {
      double e = error[t];
      double ds = dSeason[t + m];
      double ofError = weight * e;
      double ofForecast = 0;
      if (relative) {
        double inverse = 1 / forecast[t];
        double r = e * inverse;
        ofError = weight * r * inverse;
        ofForecast = inverse * (2 - weight * r * r);
      }
      dAlpha += e * dl;
      dBeta += e * db;
      dGamma += e * ds;
      double df = ofForecast - ofError - (alpha * dl + beta * db + gamma * ds);
      double dq = dl + df;
      double both = db + dq;
      dSeason[t] = ds + df;
      dPhi += trend[t] * both;
      dl = dq;
      db = phi * both;
    }
    p.dAlpha = dAlpha;
    p.dBeta = dBeta;
    p.dGamma = dGamma;
    p.dPhi = dPhi;
    p.dLevel = dl;
    p.dTrend = db;
  }
}
