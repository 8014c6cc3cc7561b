package org.millrace.deep.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Mean and sum of squared deviations of some features, gathered by Welford's method and merged by
 * that of Chan, Golub and LeVeque, so that a large mean does not swallow a small deviation.
 */
final class Moments implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] mean;
  private final double[] squares;
  private long rows;

  Moments(int features) {
    this.mean = new double[features];
    this.squares = new double[features];
  }

  /** Adds one number of each feature. */
  void add(float[] values, int from) {
    rows++;
    for (int i = 0; i < mean.length; i++) {
      double off = values[from + i] - mean[i];
      mean[i] += off / rows;
      squares[i] += off * (values[from + i] - mean[i]);
    }
  }

  Moments merge(Moments other) {
    if (other.rows == 0) {
      return this;
    }
    long together = rows + other.rows;
    for (int i = 0; i < mean.length; i++) {
      double off = other.mean[i] - mean[i];
      mean[i] += off * other.rows / together;
      squares[i] += other.squares[i] + off * off * rows * other.rows / together;
    }
    rows = together;
    return this;
  }

  long rows() {
    return rows;
  }

  /** A feature whose deviation is nothing beside its mean never changes. */
  Standardization standardization() {
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int i = 0; i < mean.length; i++) {
      double deviation = Math.sqrt(squares[i] / rows);
      means.add(mean[i]);
      deviations.add(deviation > 1e-7 * Math.abs(mean[i]) ? deviation : 1.0);
    }
    return new Standardization(means, deviations);
  }
}
