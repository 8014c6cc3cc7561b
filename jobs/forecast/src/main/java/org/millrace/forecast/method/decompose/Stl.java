package org.millrace.forecast.method.decompose;

/**
 * The decomposition of a series into a season, a trend and a remainder, without robust rounds: two
 * rounds of local means of each season's place and a local line of the rest, with the window sizes
 * that the authors recommend.
 *
 * <p>Source: Cleveland, Cleveland, McRae and Terpenning, STL: a seasonal-trend decomposition
 * procedure based on loess, Journal of Official Statistics 6 (1990); R: {@code stl}.
 */
public final class Stl {
  private static final int ROUNDS = 2;

  private final double[] season;
  private final double[] trend;

  /**
   * Decomposes a series of at least two seasons.
   *
   * @param period steps of a season, at least 2
   * @param seasonalWindow seasons that count for a value of the season, odd, at least 7
   */
  public Stl(double[] y, int period, int seasonalWindow) {
    int n = y.length;
    if (n < 2 * period) {
      throw new IllegalArgumentException(n + " steps are less than two seasons of " + period);
    }
    season = new double[n];
    trend = new double[n];
    int trendWindow = odd((int) Math.ceil(1.5 * period / (1 - 1.5 / seasonalWindow)));
    Loess places = new Loess(seasonalWindow, 0, tenth(seasonalWindow));
    Loess low = new Loess(odd(period), 1, tenth(odd(period)));
    Loess line = new Loess(trendWindow, 1, tenth(trendWindow));
    double[] work = new double[n];
    double[] cycles = new double[n + 2 * period];
    double[] smooth = new double[n];
    for (int round = 0; round < ROUNDS; round++) {
      for (int t = 0; t < n; t++) {
        work[t] = y[t] - trend[t];
      }
      smoothPlaces(work, period, places, cycles);
      double[] passed = movingMean(movingMean(movingMean(cycles, period), period), 3);
      low.smooth(passed, n, smooth, 0);
      for (int t = 0; t < n; t++) {
        season[t] = cycles[t + period] - smooth[t];
        work[t] = y[t] - season[t];
      }
      line.smooth(work, n, trend, 0);
    }
  }

  public double[] season() {
    return season;
  }

  public double[] trend() {
    return trend;
  }

  private static int odd(int least) {
    return least % 2 == 1 ? least : least + 1;
  }

  private static int tenth(int window) {
    return (window + 9) / 10;
  }

  /** Smooths the values of each place in the season, with one more at both ends. */
  private static void smoothPlaces(double[] y, int period, Loess loess, double[] out) {
    int n = y.length;
    double[] place = new double[n / period + 1];
    double[] smooth = new double[n / period + 3];
    for (int j = 0; j < period; j++) {
      int k = (n - j - 1) / period + 1;
      for (int i = 0; i < k; i++) {
        place[i] = y[j + i * period];
      }
      loess.smooth(place, k, smooth, 1);
      smooth[0] = loess.at(place, k, -1);
      smooth[k + 1] = loess.at(place, k, k);
      for (int i = 0; i < k + 2; i++) {
        out[j + i * period] = smooth[i];
      }
    }
  }

  private static double[] movingMean(double[] y, int window) {
    double[] means = new double[y.length - window + 1];
    double sum = 0;
    for (int t = 0; t < window; t++) {
      sum += y[t];
    }
    means[0] = sum / window;
    for (int t = 1; t < means.length; t++) {
      sum += y[t + window - 1] - y[t - 1];
      means[t] = sum / window;
    }
    return means;
  }
}
