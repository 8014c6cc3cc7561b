package org.millrace.forecast.backtest;

import java.io.Serializable;

/**
 * Chooses a method for a series: the one that erred least in its windows, drawn towards what all
 * series show, since a few windows of one series say little. Scores are means of the error of a
 * series' windows and of so many imagined windows in which the methods do as they do on average
 * over all series, at the level of this one.
 */
public final class Chooser implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] overall;
  private final double imagined;

  /**
   * @param overall mean error of each method over all series; NaN where it has none
   * @param imagined windows, 0 or more
   */
  public Chooser(double[] overall, double imagined) {
    this.overall = overall;
    this.imagined = imagined;
  }

  /** The method that is best over all series, the first one where nothing is known. */
  public int best() {
    int best = 0;
    for (int m = 1; m < overall.length; m++) {
      best = less(overall[m], overall[best]) ? m : best;
    }
    return best;
  }

  /**
   * @param errors by method and window
   * @param failed methods that made nothing of the series
   * @param from the first window that counts; the ones before it are not looked at
   */
  public int choose(double[][] errors, boolean[] failed, int from) {
    double[] own = new double[errors.length];
    double level = 0;
    double usual = 0;
    int measured = 0;
    int windows = 0;
    for (int m = 0; m < errors.length; m++) {
      own[m] = mean(errors[m], from);
      if (Double.isFinite(own[m]) && Double.isFinite(overall[m])) {
        level += own[m];
        usual += overall[m];
        measured++;
        windows = Math.max(windows, errors[m].length - from);
      }
    }
    int best = -1;
    double bestScore = Double.NaN;
    for (int m = 0; m < errors.length; m++) {
      if (failed[m]) {
        continue;
      }
      double score =
          measured == 0 || usual == 0
              ? overall[m]
              : (windows * own[m] + imagined * level * overall[m] / usual) / (windows + imagined);
      if (best < 0 || less(score, bestScore)) {
        best = m;
        bestScore = score;
      }
    }
    return best < 0 ? best() : best;
  }

  /** Over the windows in which it was measured. */
  public static double mean(double[] errors, int from) {
    double sum = 0;
    int count = 0;
    for (int w = from; w < errors.length; w++) {
      if (Double.isFinite(errors[w])) {
        sum += errors[w];
        count++;
      }
    }
    return sum / count;
  }

  private static boolean less(double a, double b) {
    return Double.isFinite(a) && (!Double.isFinite(b) || a < b);
  }
}
