package org.millrace.forecast.method.ets;

import org.millrace.forecast.method.ets.Form.Component;

/**
 * Multiplicative trend: g = b^phi; q = l g; f = q, q + s or q s; l' = q + alpha u; b' = g + beta u
 * / l; s' = s + gamma v, with u = e (or e / s) and v = e (or e / q).
 */
final class GrowthRecursion implements Recursion {
  private final boolean ratio;

  GrowthRecursion(Component season) {
    ratio = season == Component.MULTIPLICATIVE;
  }

  @Override
  public boolean forward(Pass p) {
    double l = p.level[0];
    double b = p.trend[0];
    for (int t = 0; t < p.n; t++) {
      double s = p.season[t];
      if (!(l > 0 && b > 0) || (ratio && !(s > 0))) {
        return false;
      }
      double g = power(b, p.phi);
      double q = l * g;
      double f = ratio ? q * s : q + s;
      double e = p.y[t] - f;
      double u = ratio ? e / s : e;
      double v = ratio ? e / q : e;
      b = g + p.beta * u / l;
      l = q + p.alpha * u;
      p.season[t + p.m] = s + p.gamma * v;
      p.level[t + 1] = l;
      p.trend[t + 1] = b;
      p.error[t] = e;
      p.forecast[t] = f;
    }
    return l > 0 && b > 0;
  }

  @Override
  public void backward(Pass p, double weight) {
    p.clear();
    double dl = 0;
    double db = 0;
    for (int t = p.n - 1; t >= 0; t--) {
      double l = p.level[t];
      double b = p.trend[t];
      double s = p.season[t];
      double e = p.error[t];
      double g = power(b, p.phi);
      double q = l * g;
      double u = ratio ? e / s : e;
      double v = ratio ? e / q : e;
      double ds = p.dSeason[t + p.m];
      double ofError = weight * e;
      double ofForecast = 0;
      if (p.relative) {
        double inverse = 1 / p.forecast[t];
        double r = e * inverse;
        ofError = weight * r * inverse;
        ofForecast = inverse * (2 - weight * r * r);
      }
      p.dAlpha += u * dl;
      p.dBeta += u / l * db;
      p.dGamma += v * ds;
      double du = p.alpha * dl + p.beta / l * db;
      double dv = p.gamma * ds;
      double de = ofError + (ratio ? du / s + dv / q : du + dv);
      double df = ofForecast - de;
      double dq = dl + (ratio ? df * s - dv * v / q : df);
      double dg = db + dq * l;
      p.dSeason[t] = ds + (ratio ? df * q - du * u / s : df);
      p.dPhi += dg * g * Math.log(b);
      dl = dq * g - db * p.beta * u / (l * l);
      db = dg * p.phi * g / b;
    }
    p.dLevel = dl;
    p.dTrend = db;
  }

  private static double power(double b, double phi) {
    return phi == 1 ? b : Math.pow(b, phi);
  }
}
