package org.millrace.forecast.series;

import java.util.Arrays;

/**
 * Finds values that are far from the median of their neighbours, at the same place of the season
 * where there is one, and puts that median in their place. The distance is measured in robust
 * standard deviations: 1.4826 times the median absolute deviation of all distances.
 *
 * <p>Source: Hampel, The influence curve and its role in robust estimation, JASA 69 (1974);
 * Pearson, Outliers in process modeling and identification, IEEE TCST 10 (2002), with a seasonal
 * window.
 */
final class OutlierFilter {
  private static final double NORMAL = 1.4826;
  private static final int NEIGHBOURS = 2;
  private static final int ENOUGH = 3;

  private OutlierFilter() {}

  /**
   * @param values changed where they are outliers
   * @param deviations infinite to look for none
   * @return how many there were
   */
  static int apply(double[] values, int season, double deviations) {
    if (Double.isInfinite(deviations)) {
      return 0;
    }
    double[] expected = new double[values.length];
    double[] distances = new double[values.length];
    for (int t = 0; t < values.length; t++) {
      expected[t] = neighbours(values, t, season);
      distances[t] = Math.abs(values[t] - expected[t]);
    }
    double[] judged = Arrays.stream(distances).filter(Double::isFinite).toArray();
    double spread = judged.length == 0 ? 0 : NORMAL * median(judged);
    if (!(spread > 0)) {
      return 0;
    }
    int replaced = 0;
    for (int t = 0; t < values.length; t++) {
      if (distances[t] > deviations * spread) {
        values[t] = expected[t];
        replaced++;
      }
    }
    return replaced;
  }

  /** NaN where there are too few to tell which of them is the outlier. */
  private static double neighbours(double[] values, int t, int season) {
    double[] around = new double[2 * NEIGHBOURS];
    int count = 0;
    for (int k = 1; k <= NEIGHBOURS; k++) {
      for (int at : new int[] {t - k * season, t + k * season}) {
        if (at >= 0 && at < values.length) {
          around[count++] = values[at];
        }
      }
    }
    return count < ENOUGH ? Double.NaN : median(Arrays.copyOf(around, count));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
