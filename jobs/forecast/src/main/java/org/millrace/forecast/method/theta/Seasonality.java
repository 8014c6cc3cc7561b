package org.millrace.forecast.method.theta;

import org.millrace.forecast.method.Method.Unfit;
import org.millrace.forecast.method.NormalPrediction;

/**
 * The season of a series by classical decomposition (R: {@code decompose}): the mean of each phase
 * against the centred moving average. It is multiplicative where all values are positive, else
 * additive. It is taken only where the autocorrelation at the period is significant at 90 %.
 */
final class Seasonality {
  private static final double LEAST_FACTOR = 1e-4;

  private final double[] figure;
  private final boolean multiplicative;

  private Seasonality(double[] figure, boolean multiplicative) {
    this.figure = figure;
    this.multiplicative = multiplicative;
  }

  /** The season of the series, or one that changes nothing. */
  static Seasonality of(double[] y, int period) throws Unfit {
    if (period > 1 && y.length > 2 * period && isSeasonal(y, period)) {
      boolean positive = true;
      for (double value : y) {
        positive &= value > 0;
      }
      Seasonality found = new Seasonality(figure(y, period, positive), positive);
      if (!positive || found.isAwayFromZero()) {
        return found;
      }
    }
    return new Seasonality(new double[] {0}, false);
  }

  private boolean isAwayFromZero() {
    for (double factor : figure) {
      if (!(factor >= LEAST_FACTOR)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSeasonal(double[] y, int period) throws Unfit {
    double mean = 0;
    for (double value : y) {
      mean += value / y.length;
    }
    double variance = 0;
    for (double value : y) {
      variance += (value - mean) * (value - mean);
    }
    if (!(variance > 1e-20 * y.length * mean * mean)) {
      return false;
    }
    double squares = 0;
    double last = 0;
    for (int lag = 1; lag <= period; lag++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new Unfit("time limit");
      }
      double sum = 0;
      for (int t = lag; t < y.length; t++) {
        sum += (y[t] - mean) * (y[t - lag] - mean);
      }
      last = sum / variance;
      squares += lag < period ? last * last : 0;
    }
    double deviation = Math.sqrt((1 + 2 * squares) / y.length);
    return Math.abs(last) > NormalPrediction.standard(0.95) * deviation;
  }

  private static double[] figure(double[] y, int period, boolean multiplicative) {
    double[] sums = new double[period];
    int[] counts = new int[period];
    int half = period / 2;
    for (int t = half; t < y.length - half; t++) {
      double trend = 0;
      for (int i = t - half; i <= t + half; i++) {
        trend += y[i];
      }
      if (period % 2 == 0) {
        trend -= (y[t - half] + y[t + half]) / 2;
      }
      trend /= period;
      sums[t % period] += multiplicative ? y[t] / trend : y[t] - trend;
      counts[t % period]++;
    }
    double mean = 0;
    for (int phase = 0; phase < period; phase++) {
      sums[phase] /= counts[phase];
      mean += sums[phase] / period;
    }
    for (int phase = 0; phase < period; phase++) {
      sums[phase] = multiplicative ? sums[phase] / mean : sums[phase] - mean;
    }
    return sums;
  }

  /** The series without its season. */
  double[] adjusted(double[] y) {
    double[] adjusted = new double[y.length];
    for (int t = 0; t < y.length; t++) {
      double season = figure[t % figure.length];
      adjusted[t] = multiplicative ? y[t] / season : y[t] - season;
    }
    return adjusted;
  }

  /** The season put back on the value of step t. */
  double restored(double value, int t) {
    double season = figure[t % figure.length];
    return multiplicative ? value * season : value + season;
  }

  String description() {
    return figure.length == 1
        ? "no season"
        : (multiplicative ? "multiplicative" : "additive") + " season of " + figure.length;
  }
}
