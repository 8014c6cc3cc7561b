package org.millrace.risk.balance;

import java.io.Serializable;

/**
 * Number, mean and deviation of each feature over the rows of a class, in one pass. Sums of squares
 * are of differences from the mean all along, so that they stay exact where the mean is large
 * beside the deviation. (Welford 1962; merged by Chan, Golub and LeVeque 1979.)
 */
final class FeatureMoments implements Serializable {
  private static final long serialVersionUID = 1L;
  private final double[] means;
  private final double[] squares;
  private final long[] present;
  private final boolean[] continuous;
  private long rows;

  FeatureMoments(int size) {
    means = new double[size];
    squares = new double[size];
    present = new long[size];
    continuous = new boolean[size];
  }

  /**
   * Adds a row.
   *
   * @param values NaN where missing
   */
  FeatureMoments add(double[] values) {
    rows++;
    for (int f = 0; f < values.length; f++) {
      double x = values[f];
      if (!Double.isNaN(x)) {
        present[f]++;
        double before = x - means[f];
        means[f] += before / present[f];
        squares[f] += before * (x - means[f]);
        continuous[f] |= x != 0 && x != 1;
      }
    }
    return this;
  }

  FeatureMoments merge(FeatureMoments other) {
    rows += other.rows;
    for (int f = 0; f < means.length; f++) {
      long all = present[f] + other.present[f];
      if (other.present[f] > 0) {
        double apart = other.means[f] - means[f];
        double share = (double) other.present[f] / all;
        means[f] += apart * share;
        squares[f] += other.squares[f] + apart * apart * present[f] * share;
        present[f] = all;
      }
      continuous[f] |= other.continuous[f];
    }
    return this;
  }

  long rows() {
    return rows;
  }

  /** The standard deviation of each feature over the rows that have it; 0 where none has. */
  double[] deviations() {
    double[] deviations = new double[means.length];
    for (int f = 0; f < deviations.length; f++) {
      deviations[f] = present[f] == 0 ? 0 : Math.sqrt(squares[f] / present[f]);
    }
    return deviations;
  }

  /** Whether a feature has other values than 0 and 1. */
  boolean[] continuous() {
    return continuous.clone();
  }
}
