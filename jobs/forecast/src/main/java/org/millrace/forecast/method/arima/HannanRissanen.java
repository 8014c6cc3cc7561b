package org.millrace.forecast.method.arima;

/**
 * A first guess of the coefficients without a search: a long autoregression gives innovations, and
 * the series is regressed on its own lags and on theirs; products of plain and seasonal lags are
 * left out.
 *
 * <p>Source: Hannan and Rissanen, Biometrika 69 (1982); Brockwell and Davis, Introduction to Time
 * Series and Forecasting, section 5.1.4.
 */
final class HannanRissanen {
  private final double[] values;
  private final double[] innovations;
  private final int skipped;

  /**
   * @param values a stationary series of mean 0
   * @param lags of the long autoregression
   */
  HannanRissanen(double[] values, int lags) {
    this.values = values;
    this.skipped = lags;
    double[] c = yuleWalker(values, lags);
    innovations = new double[values.length];
    for (int t = lags; t < values.length; t++) {
      double e = values[t];
      for (int i = 0; i < lags; i++) {
        e -= c[i] * values[t - 1 - i];
      }
      innovations[t] = e;
    }
  }

  private static double[] yuleWalker(double[] y, int lags) {
    double[] gamma = new double[lags + 1];
    for (int k = 0; k <= lags; k++) {
      for (int t = k; t < y.length; t++) {
        gamma[k] += y[t] * y[t - k];
      }
    }
    double[] c = new double[lags];
    double variance = gamma[0];
    for (int k = 0; k < lags && variance > 0; k++) {
      double sum = gamma[k + 1];
      for (int j = 0; j < k; j++) {
        sum -= c[j] * gamma[k - j];
      }
      double partial = sum / variance;
      StablePolynomial.extend(c, k, partial);
      variance *= 1 - partial * partial;
    }
    return c;
  }

  /** Zeros where the series is too short for the order. */
  Coefficients guess(ArimaOrder order) {
    int p = order.p();
    int sp = order.seasonalP();
    int q = order.q();
    int sq = order.seasonalQ();
    int s = order.period();
    int k = order.coefficients();
    int from = skipped + Math.max(Math.max(p, sp * s), Math.max(q, sq * s));
    double[] found = new double[k];
    if (values.length - from > 2 * k) {
      double[][] lagged = new double[k][];
      int at = 0;
      at = lags(lagged, at, values, p, 1, from);
      at = lags(lagged, at, values, sp, s, from);
      at = lags(lagged, at, innovations, q, 1, from);
      lags(lagged, at, innovations, sq, s, from);
      found = regress(lagged, from);
    }
    return new Coefficients(
        slice(found, 0, p),
        slice(found, p, sp),
        slice(found, p + sp, q),
        slice(found, p + sp + q, sq));
  }

  private static double[] slice(double[] all, int from, int count) {
    double[] part = new double[count];
    System.arraycopy(all, from, part, 0, count);
    return part;
  }

  private int lags(double[][] out, int at, double[] series, int count, int step, int from) {
    for (int i = 1; i <= count; i++) {
      double[] column = new double[series.length - from];
      System.arraycopy(series, from - i * step, column, 0, column.length);
      out[at + i - 1] = column;
    }
    return at + count;
  }

  private double[] regress(double[][] lagged, int from) {
    int k = lagged.length;
    double[][] normal = new double[k][k];
    double[] right = new double[k];
    for (int i = 0; i < k; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (int t = 0; t < lagged[i].length; t++) {
          sum += lagged[i][t] * lagged[j][t];
        }
        normal[i][j] = sum;
        normal[j][i] = sum;
      }
      for (int t = 0; t < lagged[i].length; t++) {
        right[i] += lagged[i][t] * values[from + t];
      }
      normal[i][i] *= 1 + 1e-9;
    }
    return Cholesky.solve(normal, right);
  }
}
