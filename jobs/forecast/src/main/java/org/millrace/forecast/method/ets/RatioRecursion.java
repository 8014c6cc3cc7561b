package org.millrace.forecast.method.ets;

/**
 * Additive trend, multiplicative season: q = l + phi b; f = q s; l' = q + alpha e / s; b' = phi b +
 * beta e / s; s' = s + gamma e / q. A form without a trend has phi = beta = b = 0.
 */
final class RatioRecursion implements Recursion {

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
      if (!(q > 0 && s > 0)) {
        return false;
      }
      double f = q * s;
      double e = y[t] - f;
      double u = e / s;
      l = q + alpha * u;
      b = phi * b + beta * u;
      season[t + m] = s + gamma * e / q;
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
    double[] level = p.level;
    double[] trend = p.trend;
    double[] season = p.season;
    double[] error = p.error;
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
      double s = season[t];
      double q = level[t] + phi * trend[t];
      double ds = dSeason[t + m];
      double bySeason = 1 / s;
      double byLevel = 1 / q;
      double u = e * bySeason;
      double v = e * byLevel;
      double ofError = weight * e;
      double ofForecast = 0;
      if (relative) {
        double inverse = bySeason * byLevel;
        double r = e * inverse;
        ofError = weight * r * inverse;
        ofForecast = inverse * (2 - weight * r * r);
      }
      dAlpha += u * dl;
      dBeta += u * db;
      dGamma += v * ds;
      double du = alpha * dl + beta * db;
      double dv = gamma * ds;
      double df = ofForecast - ofError - du * bySeason - dv * byLevel;
      double dq = dl + df * s - dv * v * byLevel;
      double both = db + dq;
      dSeason[t] = ds + df * q - du * u * bySeason;
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
