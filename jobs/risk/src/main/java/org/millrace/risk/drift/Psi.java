package org.millrace.risk.drift;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * The population stability index of two samples in bins (Siddiqi 2006): the sum over bins of (q -
 * p) log(q / p). Without any shift, N and M rows in B bins give about (1/N + 1/M) times a
 * chi-squared variable of B - 1 degrees of freedom (Yurdakul and Naranjo 2020), so that few rows
 * give large values by chance.
 */
final class Psi {
  /** By how rare a chance values are told from it: 1 in 10,000. */
  static final double RARE = 1e-4;

  /** Added to each bin, so that an empty one has a logarithm. */
  private static final double HALF = 0.5;

  private Psi() {}

  /**
   * The index.
   *
   * @param before rows by bin
   * @param now the same
   * @return 0 or more; NaN where one has no rows
   */
  static double of(long[] before, long[] now) {
    int bins = bins(before, now);
    double all = sum(before);
    double allNow = sum(now);
    if (all == 0 || allNow == 0) {
      return Double.NaN;
    }
    double psi = 0;
    for (int b = 0; b < before.length; b++) {
      if (before[b] + now[b] > 0) {
        double p = (before[b] + HALF) / (all + HALF * bins);
        double q = (now[b] + HALF) / (allNow + HALF * bins);
        psi += (q - p) * Math.log(q / p);
      }
    }
    return psi;
  }

  /** What it is on average without a shift. */
  static double byChance(long[] before, long[] now) {
    return (bins(before, now) - 1) * noise(before, now);
  }

  /** What it exceeds in 1 of 10,000 samples without a shift. */
  static double rarelyByChance(long[] before, long[] now) {
    int free = bins(before, now) - 1;
    return free < 1
        ? 0
        : noise(before, now)
            * new ChiSquaredDistribution(free).inverseCumulativeProbability(1 - RARE);
  }

  private static double noise(long[] before, long[] now) {
    return 1.0 / sum(before) + 1.0 / sum(now);
  }

  /** Bins with any rows. */
  private static int bins(long[] before, long[] now) {
    int bins = 0;
    for (int b = 0; b < before.length; b++) {
      bins += before[b] + now[b] > 0 ? 1 : 0;
    }
    return bins;
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }
}
