package org.millrace.forecast.method.arima;

import java.util.Arrays;

/**
 * The polynomials of a seasonal ARMA model, before they are multiplied out.
 *
 * @param ar of 1 - ar1 B - ...
 * @param seasonalAr of 1 - sar1 B^s - ...
 * @param ma of 1 + ma1 B + ...
 * @param seasonalMa of 1 + sma1 B^s + ...
 */
// Nobody compares or prints it, and whoever gets an array leaves it as it is.
@SuppressWarnings("ArrayRecordComponent")
record Coefficients(double[] ar, double[] seasonalAr, double[] ma, double[] seasonalMa) {
  /** A start no nearer to the unit circle than this partial autocorrelation. */
  private static final double START_LIMIT = 0.95;

  /** From free parameters; larger ones than a bound count as the bound. */
  static Coefficients of(ArimaOrder order, double[] free, double bound) {
    int p = order.p();
    int sp = p + order.seasonalP();
    int q = sp + order.q();
    double[] partial = new double[free.length];
    for (int i = 0; i < free.length; i++) {
      partial[i] = Math.tanh(Math.max(-bound, Math.min(bound, free[i])));
    }
    return new Coefficients(
        StablePolynomial.coefficients(Arrays.copyOfRange(partial, 0, p)),
        StablePolynomial.coefficients(Arrays.copyOfRange(partial, p, sp)),
        negated(StablePolynomial.coefficients(Arrays.copyOfRange(partial, sp, q))),
        negated(StablePolynomial.coefficients(Arrays.copyOfRange(partial, q, free.length))));
  }

  /** Free parameters for these, or for stable ones near them. */
  double[] free() {
    double[] free = new double[ar.length + seasonalAr.length + ma.length + seasonalMa.length];
    int at = 0;
    at = put(ar, free, at);
    at = put(seasonalAr, free, at);
    at = put(negated(ma), free, at);
    put(negated(seasonalMa), free, at);
    return free;
  }

  private static int put(double[] c, double[] free, int at) {
    double[] partial = c.clone();
    double shrink = 1;
    while (!StablePolynomial.partial(partial)) {
      shrink *= 0.9;
      double power = 1;
      for (int i = 0; i < c.length; i++) {
        power *= shrink;
        partial[i] = c[i] * power;
      }
    }
    for (int i = 0; i < c.length; i++) {
      double r = Math.max(-START_LIMIT, Math.min(START_LIMIT, partial[i]));
      free[at + i] = 0.5 * Math.log((1 + r) / (1 - r));
    }
    return at + c.length;
  }

  /** The same with as many coefficients as an order asks for: cut, or filled up with zeros. */
  Coefficients resized(ArimaOrder order) {
    return new Coefficients(
        Arrays.copyOf(ar, order.p()),
        Arrays.copyOf(seasonalAr, order.seasonalP()),
        Arrays.copyOf(ma, order.q()),
        Arrays.copyOf(seasonalMa, order.seasonalQ()));
  }

  /**
   * Whether the roots of all polynomials have a modulus above a bound, the seasonal ones in B^s.
   */
  boolean rootsBeyond(double bound) {
    return StablePolynomial.rootsBeyond(ar, bound)
        && StablePolynomial.rootsBeyond(negated(ma), bound)
        && StablePolynomial.rootsBeyond(seasonalAr, bound)
        && StablePolynomial.rootsBeyond(negated(seasonalMa), bound);
  }

  private static double[] negated(double[] c) {
    double[] out = new double[c.length];
    for (int i = 0; i < c.length; i++) {
      out[i] = -c[i];
    }
    return out;
  }
}
