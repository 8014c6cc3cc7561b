package org.millrace.forecast.method.arima;

import org.millrace.forecast.method.decompose.Stl;

/** How often a series has to be differenced before it is stationary. */
final class UnitRoots {
  /** The critical value at 5 % of the test for a level. */
  private static final double KPSS_5_PERCENT = 0.463;

  private static final double STRONG_SEASON = 0.64;
  private static final int SEASONAL_WINDOW = 11;

  private UnitRoots() {}

  /**
   * 1 where the season is strong, by the share of the variance that it explains in a decomposition.
   *
   * <p>Source: Wang, Smith and Hyndman, Characteristic-based clustering for time series data
   * (2006); R: {@code forecast::nsdiffs(test = "seas")}.
   */
  static int seasonalDifferences(double[] y, int period) {
    if (period == 1 || y.length <= 2 * period || constant(y)) {
      return 0;
    }
    Stl parts = new Stl(y, period, SEASONAL_WINDOW);
    double[] remainder = new double[y.length];
    double[] seasonal = new double[y.length];
    for (int t = 0; t < y.length; t++) {
      seasonal[t] = y[t] - parts.trend()[t];
      remainder[t] = seasonal[t] - parts.season()[t];
    }
    double all = variance(seasonal);
    return all > 0 && 1 - variance(remainder) / all > STRONG_SEASON ? 1 : 0;
  }

  /**
   * Differences until the test of Kwiatkowski, Phillips, Schmidt and Shin (Journal of Econometrics
   * 54, 1992) no longer refuses a stationary level at 5 %; R: {@code forecast::ndiffs}.
   */
  static int differences(double[] y, int most) {
    double[] x = y;
    for (int d = 0; d < most; d++) {
      if (x.length < 3 || constant(x) || kpss(x) <= KPSS_5_PERCENT) {
        return d;
      }
      x = new Differencing(ArimaOrder.of(0, 1, 0)).differences(x);
    }
    return most;
  }

  /** The statistic for a level, with trunc(3 sqrt(n) / 13) lags. */
  static double kpss(double[] y) {
    int n = y.length;
    int lags = (int) (3 * Math.sqrt(n) / 13);
    double mean = 0;
    for (double v : y) {
      mean += v / n;
    }
    double sum = 0;
    double squares = 0;
    double longRun = 0;
    for (int t = 0; t < n; t++) {
      double e = y[t] - mean;
      sum += e;
      squares += sum * sum;
      longRun += e * e;
    }
    for (int lag = 1; lag <= lags; lag++) {
      double product = 0;
      for (int t = lag; t < n; t++) {
        product += (y[t] - mean) * (y[t - lag] - mean);
      }
      longRun += 2 * (1 - lag / (lags + 1.0)) * product;
    }
    return squares / n / longRun;
  }

  /** Whether all values are the same within rounding. */
  static boolean constant(double[] y) {
    double size = 0;
    double most = 0;
    for (double v : y) {
      size = Math.max(size, Math.abs(v));
      most = Math.max(most, Math.abs(v - y[0]));
    }
    return most <= 1e-12 * size;
  }

  private static double variance(double[] y) {
    double mean = 0;
    for (double v : y) {
      mean += v / y.length;
    }
    double sum = 0;
    for (double v : y) {
      sum += (v - mean) * (v - mean);
    }
    return sum / (y.length - 1);
  }
}
