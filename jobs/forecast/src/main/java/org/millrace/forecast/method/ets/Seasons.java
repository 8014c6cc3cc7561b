package org.millrace.forecast.method.ets;

/** Seasonal figures by the classical decomposition: moving average, then means by season. */
final class Seasons {
  /** Ratios are kept above this. */
  private static final double LEAST = 1e-2;

  private Seasons() {}

  /**
   * The figure of each step of the season: step t of the series has figure t mod m. Differences sum
   * up to 0, ratios to m. With less than three seasons a line stands for the moving average.
   *
   * @param y positive where ratios are asked for
   */
  static double[] of(double[] y, int m, boolean ratio) {
    double[] sums = new double[m];
    int[] counts = new int[m];
    if (y.length >= 3 * m) {
      sumAroundAverage(y, m, ratio, sums, counts);
    } else {
      Line line = Line.through(y, y.length);
      for (int t = 0; t < y.length; t++) {
        sums[t % m] += without(y[t], line.at(t), ratio);
        counts[t % m]++;
      }
    }
    double[] figures = new double[m];
    double mean = 0;
    for (int i = 0; i < m; i++) {
      figures[i] = counts[i] == 0 ? (ratio ? 1 : 0) : sums[i] / counts[i];
      mean += figures[i] / m;
    }
    double sum = 0;
    for (int i = 0; i < m; i++) {
      figures[i] = ratio ? Math.max(LEAST, figures[i] / mean) : figures[i] - mean;
      sum += figures[i];
    }
    for (int i = 0; ratio && i < m; i++) {
      figures[i] *= m / sum;
    }
    return figures;
  }

  private static void sumAroundAverage(
      double[] y, int m, boolean ratio, double[] sums, int[] counts) {
    int half = m / 2;
    double window = 0;
    for (int t = 0; t < m; t++) {
      window += y[t];
    }
    for (int t = half; t + half < y.length; t++) {
      double average = window / m;
      if (m % 2 == 0) {
        double next = window - y[t - half] + y[t + half];
        average = (window + next) / (2 * m);
        window = next;
      } else if (t + half + 1 < y.length) {
        window += y[t + half + 1] - y[t - half];
      }
      sums[t % m] += without(y[t], average, ratio);
      counts[t % m]++;
    }
  }

  private static double without(double value, double smooth, boolean ratio) {
    return ratio ? value / Math.max(smooth, LEAST * value) : value - smooth;
  }
}
