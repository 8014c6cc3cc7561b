package org.millrace.forecast.interval;

import java.io.Serializable;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How far values came from their forecasts, counted by distance: in units of the distance between
 * the mean and the end of the 80 % interval on the value's side. Bins are of equal width on a
 * logarithmic scale, 3.7 % each from 0.01 to 100; counts of parts add up.
 */
public final class Conformity implements Serializable {
  /** Bins are numbered from 0; this is none of them. */
  static final int BINS = 255;

  /** The bin of what is further than a hundred times the method's own interval. */
  static final int BEYOND = BINS - 1;

  private static final long serialVersionUID = 1L;
  private static final double LEAST = 0.01;
  private static final double RATIO = Math.pow(1e4, 1.0 / (BINS - 2));

  private final int[] counts = new int[BINS];
  private long total;

  /** Counts a value in its bin. */
  void add(int bin) {
    counts[bin]++;
    total++;
  }

  /**
   * The bin of a value.
   *
   * @param low the 10 % quantile
   * @param high the 90 % quantile
   */
  static int bin(double truth, double mean, double low, double high) {
    double distance = Math.abs(truth - mean);
    double unit = truth < mean ? mean - low : high - mean;
    double score = distance == 0 ? 0 : unit > 0 ? distance / unit : Double.POSITIVE_INFINITY;
    if (score <= LEAST) {
      return 0;
    }
    double bin = Math.ceil(Math.log(score / LEAST) / Math.log(RATIO));
    return (int) Math.min(BEYOND, Math.max(1, bin));
  }

  /** The greatest distance of a bin. */
  static double upperEnd(int bin) {
    return LEAST * Math.pow(RATIO, bin);
  }

  /** The masses of the bins if values are normal and the interval is right; they add up to 1. */
  static double[] normal() {
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    double unit = normal.inverseCumulativeProbability(0.9);
    double[] masses = new double[BINS];
    double within = 0;
    for (int bin = 0; bin < BINS; bin++) {
      double further = 2 * normal.cumulativeProbability(unit * upperEnd(bin)) - 1;
      masses[bin] = further - within;
      within = further;
    }
    return masses;
  }

  void add(Conformity other) {
    for (int bin = 0; bin < BINS; bin++) {
      counts[bin] += other.counts[bin];
    }
    total += other.total;
  }

  /** How many values lie within a distance. */
  long within(double radius) {
    long inside = 0;
    for (int bin = 0; bin < BINS && upperEnd(bin) <= radius * (1 + 1e-9); bin++) {
      inside += counts[bin];
    }
    return inside;
  }

  long total() {
    return total;
  }

  /** Adds each count times a weight to the masses of the bins. */
  void weigh(double weight, double[] masses) {
    for (int bin = 0; bin < BINS; bin++) {
      masses[bin] += weight * counts[bin];
    }
  }
}
