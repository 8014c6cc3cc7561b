package org.millrace.text.classify;

import org.millrace.eval.PlattLine;

/**
 * The probability of a class by a classifier's sum for it: {@code 1 / (1 + exp(-slope x sum -
 * offset))}.
 *
 * @param slope 0 or more: where greater sums do not speak for the class, they say nothing
 */
record Sigmoid(double slope, double offset) {
  /**
   * By Platt's line; where that falls, the class's share of the rows, whatever the sum.
   *
   * @param sums of rows that the classifier has not seen
   * @param own whether each is of the class
   */
  static Sigmoid fit(double[] sums, boolean[] own) {
    double[] with = new double[sums.length];
    double[] without = new double[sums.length];
    int of = 0;
    for (int i = 0; i < sums.length; i++) {
      with[i] = own[i] ? 1 : 0;
      without[i] = own[i] ? 0 : 1;
      of += own[i] ? 1 : 0;
    }
    PlattLine line = PlattLine.fit(sums, without, with);
    return line.slope() > 0
        ? new Sigmoid(line.slope(), line.intercept())
        : new Sigmoid(0, Math.log((of + 1.0) / (sums.length - of + 1.0)));
  }
}
