package org.millrace.forecast.backtest;

import java.util.Arrays;

/**
 * A step that was forecast and came.
 *
 * @param quantiles by probability
 * @param probabilities ascending; 0.025, 0.1, 0.9 and 0.975 are among them
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record Point(double truth, double mean, double[] quantiles, double[] probabilities, Scale scale) {

  /** The mean of the quantile losses (Koenker and Bassett, Econometrica 46, 1978). */
  double pinball() {
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      double above = truth - quantiles[i];
      sum += above >= 0 ? probabilities[i] * above : (probabilities[i] - 1) * above;
    }
    return sum / probabilities.length;
  }

  /** 1 between the quantile and the one as far from the other end, else 0. */
  double covered(double probability) {
    return truth >= quantile(probability) && truth <= quantile(1 - probability) ? 1 : 0;
  }

  double quantile(double probability) {
    int at = Arrays.binarySearch(probabilities, probability);
    if (at < 0) {
      throw new IllegalStateException("the quantile " + probability + " was not asked for");
    }
    return quantiles[at];
  }
}
