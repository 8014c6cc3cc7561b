package org.millrace.forecast.method.arima;

import java.util.Arrays;

/**
 * A seasonal ARMA model with its polynomials multiplied out: y(t) = sum phi(i) y(t-i) + e(t) + sum
 * theta(i) e(t-i). Lags with a coefficient of 0 are left out of the sums.
 */
final class ArmaModel {
  private final double[] phi;
  private final double[] theta;
  private final int[] phiLags;
  private final int[] thetaLags;

  /**
   * @param ar coefficients of 1 - ar1 B - ...
   * @param seasonalAr the same of whole seasons
   * @param ma coefficients of 1 + ma1 B + ...
   * @param seasonalMa the same of whole seasons
   */
  ArmaModel(double[] ar, double[] seasonalAr, double[] ma, double[] seasonalMa, int period) {
    phi = multiply(ar, seasonalAr, period, -1);
    theta = multiply(ma, seasonalMa, period, 1);
    phiLags = lags(phi);
    thetaLags = lags(theta);
  }

  private static double[] multiply(double[] plain, double[] seasonal, int period, int sign) {
    double[] product = new double[plain.length + seasonal.length * period];
    for (int j = 0; j <= seasonal.length; j++) {
      double left = j == 0 ? 1 : sign * seasonal[j - 1];
      for (int i = 0; i <= plain.length; i++) {
        if (i + j > 0) {
          double right = i == 0 ? 1 : sign * plain[i - 1];
          product[i + j * period - 1] += sign * left * right;
        }
      }
    }
    return product;
  }

  private static int[] lags(double[] coefficients) {
    int[] lags = new int[coefficients.length];
    int count = 0;
    for (int i = 0; i < coefficients.length; i++) {
      if (coefficients[i] != 0) {
        lags[count++] = i + 1;
      }
    }
    return Arrays.copyOf(lags, count);
  }

  /** Of lag i at i - 1. */
  double[] phi() {
    return phi;
  }

  /** Of lag i at i - 1. */
  double[] theta() {
    return theta;
  }

  /** The lags with an autoregressive coefficient, ascending. */
  int[] phiLags() {
    return phiLags;
  }

  /** The lags with a moving average coefficient, ascending. */
  int[] thetaLags() {
    return thetaLags;
  }

  /** The length of its state: the larger of the autoregressive lags and of the others plus 1. */
  int dimension() {
    return Math.max(phi.length, theta.length + 1);
  }
}
