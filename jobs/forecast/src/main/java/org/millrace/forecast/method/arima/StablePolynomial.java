package org.millrace.forecast.method.arima;

/**
 * Polynomials 1 - c1 B - ... - ck B^k whose roots all lie outside of the unit circle, by partial
 * autocorrelations between -1 and 1: every stable polynomial has one such set and the other way
 * round.
 *
 * <p>Source: Barndorff-Nielsen and Schou 1973; Monahan, A note on enforcing stationarity in
 * autoregressive-moving average models, Biometrika 71 (1984); Jones, Technometrics 22 (1980).
 */
final class StablePolynomial {
  private StablePolynomial() {}

  /** From partial autocorrelations to coefficients, by the recursion of Durbin and Levinson. */
  static double[] coefficients(double[] partial) {
    double[] c = new double[partial.length];
    for (int k = 0; k < c.length; k++) {
      extend(c, k, partial[k]);
    }
    return c;
  }

  /** Makes of the polynomial of order k in c the one of order k + 1. */
  static void extend(double[] c, int k, double partial) {
    for (int i = 0, j = k - 1; i <= j; i++, j--) {
      double left = c[i];
      double right = c[j];
      c[i] = left - partial * right;
      c[j] = i == j ? c[i] : right - partial * left;
    }
    c[k] = partial;
  }

  /**
   * From coefficients to partial autocorrelations, in place.
   *
   * @return whether the polynomial is stable; if not, the array holds nothing of use
   */
  static boolean partial(double[] c) {
    for (int k = c.length - 1; k >= 0; k--) {
      double partial = c[k];
      if (!(Math.abs(partial) < 1)) {
        return false;
      }
      double scale = 1 / (1 - partial * partial);
      for (int i = 0, j = k - 1; i <= j; i++, j--) {
        double left = c[i];
        double right = c[j];
        c[i] = (left + partial * right) * scale;
        c[j] = i == j ? c[i] : (right + partial * left) * scale;
      }
    }
    return true;
  }

  /** Whether all roots have a modulus above a bound. */
  static boolean rootsBeyond(double[] c, double bound) {
    double[] scaled = new double[c.length];
    double power = 1;
    for (int i = 0; i < c.length; i++) {
      power *= bound;
      scaled[i] = c[i] * power;
    }
    return partial(scaled);
  }
}
