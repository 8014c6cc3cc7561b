package org.millrace.forecast.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds values that are far from the median of their neighbours, at the same place of the season
 * where there is one, and puts that median in their place. The distance is measured in robust
 * standard deviations: 1.4826 times the median absolute deviation of all distances.
 *
 * <p>In the first and the last seasons, where too few neighbours at the same place tell a value
 * that is off from one that goes with a trend, it must be as far from where a line through them
 * leads, and from the steps around it. The very first and last values stay: nothing behind them
 * tells whether they are off or the level is new.
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
    List<Double> judged = new ArrayList<>(); // Distances of values with neighbours enough.
    for (int t = 0; t < values.length; t++) {
      double[] around = neighbours(values, t, season);
      expected[t] = median(around);
      distances[t] = Math.abs(values[t] - expected[t]);
      if (around.length >= ENOUGH) {
        judged.add(distances[t]);
      } else {
        distances[t] = season > 1 ? atTheEnd(values, t, around) : Double.NaN;
      }
    }
    double spread = NORMAL * median(judged.stream().mapToDouble(Double::doubleValue).toArray());
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

  /** The least distance from the same places, from where a trend through them leads, and around. */
  private static double atTheEnd(double[] values, int t, double[] samePlaces) {
    double[] beside = neighbours(values, t, 1);
    if (samePlaces.length < 2 || beside.length < ENOUGH) {
      return Double.NaN;
    }
    double trend = 2 * samePlaces[0] - samePlaces[1]; // The nearer one comes first.
    double[] distances = {
      Math.abs(values[t] - median(samePlaces)),
      Math.abs(values[t] - trend),
      Math.abs(values[t] - median(beside))
    };
    return Arrays.stream(distances).min().orElseThrow();
  }

  private static double[] neighbours(double[] values, int t, int apart) {
    double[] around = new double[2 * NEIGHBOURS];
    int count = 0;
    for (int k = 1; k <= NEIGHBOURS; k++) {
      for (int at : new int[] {t - k * apart, t + k * apart}) {
        if (at >= 0 && at < values.length) {
          around[count++] = values[at];
        }
      }
    }
    return Arrays.copyOf(around, count);
  }

  /** NaN of nothing. */
  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    if (n == 0) {
      return Double.NaN;
    }
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }
}
