package org.millrace.eval;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Probabilities of an outcome beside whether it came, in a bounded number of bins whose width
 * shrinks towards 0 and 1: about 1/256 of the distance to the nearer end. Histograms of parts of a
 * table add up to that of the whole.
 */
final class ScoreHistogram implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The bits of a float that are dropped: sign, exponent and 8 bits of the fraction stay. */
  private static final int DROPPED_BITS = 15;

  /** Bin to the rows without and with the outcome; bins order as their probabilities. */
  private final Map<Integer, long[]> bins = new HashMap<>();

  void add(double probability, boolean came) {
    bins.computeIfAbsent(bin(probability), b -> new long[2])[came ? 1 : 0]++;
  }

  void merge(ScoreHistogram other) {
    other.bins.forEach(
        (bin, counts) -> {
          long[] mine = bins.computeIfAbsent(bin, b -> new long[2]);
          mine[0] += counts[0];
          mine[1] += counts[1];
        });
  }

  private static int bin(double probability) {
    double p = Math.min(1, Math.max(0, probability));
    return p <= 0.5 ? bits(p) + 1 : 2 * bits(0.5) + 2 - bits(1 - p);
  }

  private static int bits(double p) {
    return Float.floatToIntBits((float) p) >>> DROPPED_BITS;
  }

  /**
   * The area under the receiver operating characteristic: the chance that a row with the outcome
   * has a higher probability than one without, where a tie (also within a bin) counts half.
   *
   * @return NaN where all rows are of one kind
   */
  double areaUnderRoc() {
    double without = 0;
    double with = 0;
    double above = 0;
    for (long[] counts : new TreeMap<>(bins).values()) {
      above += counts[1] * (without + counts[0] / 2.0);
      without += counts[0];
      with += counts[1];
    }
    return with == 0 || without == 0 ? Double.NaN : above / (with * without);
  }
}
