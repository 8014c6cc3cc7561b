package org.millrace.forecast.backtest;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Chooses a method for a series. All series take the leader: a combination of methods where there
 * is one, since combinations seldom fail badly (Bates and Granger 1969; Makridakis et al., The M4
 * competition, IJF 36, 2020), unless the best method errs much less over all series; without a
 * combination the best method. Over all series errors count relative to those of all methods in the
 * same window, so that no window of one series outweighs the rest. A few windows of one series say
 * little, so another method takes the leader's place only where it erred less in that series'
 * windows by so many standard errors of the difference.
 */
public final class Chooser implements Serializable {
  private static final long serialVersionUID = 1L;

  /** So much more may a combination err and still lead. */
  private static final double MUCH = 0.3;

  /** Fewer windows that do not overlap say nothing of a single series. */
  private static final int LEAST_WINDOWS = 3;

  private final double[] overall;
  private final boolean[] combined;
  private final double doubt;
  private final int lag;

  /**
   * @param overall mean of each method's relative errors over all series, by {@link #overall}; NaN
   *     where it has none
   * @param combined which methods are combinations
   * @param doubt standard errors, 0 or more
   * @param lag how many windows overlap: errors of so many count as one
   */
  public Chooser(double[] overall, boolean[] combined, double doubt, int lag) {
    this.overall = overall;
    this.combined = combined;
    this.doubt = doubt * Math.sqrt(lag);
    this.lag = lag;
  }

  /**
   * The errors of a window over their mean; NaN where there is none.
   *
   * @param errors by method
   */
  public static double[] relative(double[] errors) {
    double mean = Arrays.stream(errors).filter(Double::isFinite).average().orElse(0);
    return Arrays.stream(errors).map(e -> mean > 0 ? e / mean : Double.NaN).toArray();
  }

  /**
   * The mean of a method's relative errors, with one window more in which all methods err alike:
   * series of one table tend to err together, so one or two windows of all of them say little more
   * than those of one.
   *
   * @param mean over series and windows
   * @param windows how many there were
   * @param lag how many of them overlap: so many count as one
   */
  public static double overall(double mean, int windows, int lag) {
    double apart = windows / (double) lag;
    return (mean * apart + 1) / (apart + 1);
  }

  /** The method of series of which nothing is known. */
  public int leader() {
    return leader(new boolean[overall.length]);
  }

  /** Among those that did not fail, or of all where all did; the first where nothing is known. */
  private int leader(boolean[] failed) {
    int best = -1;
    int combination = -1;
    for (int m = 0; m < overall.length; m++) {
      if (!failed[m]) {
        best = best < 0 || less(overall[m], overall[best]) ? m : best;
        if (combined[m] && (combination < 0 || less(overall[m], overall[combination]))) {
          combination = m;
        }
      }
    }
    if (best < 0) {
      return leader();
    }
    return combination >= 0 && overall[combination] <= (1 + MUCH) * overall[best]
        ? combination
        : best;
  }

  /**
   * @param errors by method and window
   * @param failed methods that made nothing of the series
   * @param from the first window that counts; the ones before it are not looked at
   */
  public int choose(double[][] errors, boolean[] failed, int from) {
    int leader = leader(failed);
    int best = leader;
    double most = 0;
    for (int m = 0; m < errors.length; m++) {
      if (!failed[m] && m != leader) {
        double gain = gain(errors[leader], errors[m], from);
        if (gain > most) {
          most = gain;
          best = m;
        }
      }
    }
    return best;
  }

  /** How much less the other one errs on average, where that is beyond doubt; else 0. */
  private double gain(double[] leader, double[] other, int from) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (int w = from; w < leader.length; w++) {
      double difference = leader[w] - other[w];
      if (Double.isFinite(difference)) {
        sum += difference;
        squares += difference * difference;
        count++;
      }
    }
    if ((count - 1) / lag + 1 < LEAST_WINDOWS) {
      return 0;
    }
    double mean = sum / count;
    double variance = Math.max(0, squares / count - mean * mean) * count / (count - 1);
    return mean > doubt * Math.sqrt(variance / count) ? mean : 0;
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

  /**
   * The method with the least mean error over all windows of a series, of equal ones the first; -1
   * where none was measured.
   *
   * @param errors by method and window
   */
  public static int winner(double[][] errors) {
    int winner = -1;
    double least = Double.NaN;
    for (int m = 0; m < errors.length; m++) {
      double mean = mean(errors[m], 0);
      if (less(mean, least)) {
        winner = m;
        least = mean;
      }
    }
    return winner;
  }

  private static boolean less(double a, double b) {
    return Double.isFinite(a) && (!Double.isFinite(b) || a < b);
  }
}
