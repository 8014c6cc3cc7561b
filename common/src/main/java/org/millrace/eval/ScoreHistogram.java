package org.millrace.eval;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Probabilities of an outcome beside whether it came, in a bounded number of bins whose width
 * shrinks towards 0 and 1: at most 1/256 of the distance to the nearer end. The edges of the bins
 * are exact, so that what is counted above an edge is what is above it. Histograms of parts of a
 * table add up to that of the whole.
 */
public final class ScoreHistogram implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The bits of a double that are dropped: sign, exponent and 8 bits of the fraction stay. */
  private static final int DROPPED_BITS = 44;

  /** Probabilities nearer to an end than this are told to be at the end. */
  private static final double LEAST = 0x1p-64;

  private static final int MIDDLE = bits(0.5);

  /** Bin to the rows without and with the outcome; bins order as their probabilities. */
  private final Map<Integer, long[]> bins = new HashMap<>();

  /**
   * Rows whose probabilities are close together.
   *
   * @param least the least probability that belongs to the bin
   * @param middle the probability that stands for all of them, wrong by at most 1/512 of the
   *     distance to the nearer of 0 and 1
   * @param without rows without the outcome
   * @param with rows with it
   */
  public record Bin(double least, double middle, long without, long with) {
    public long rows() {
      return without + with;
    }
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if the probability is not a number
   */
  public void add(double probability, boolean came) {
    bins.computeIfAbsent(bin(probability), b -> new long[2])[came ? 1 : 0]++;
  }

  /** Adds what another histogram has counted. */
  public ScoreHistogram merge(ScoreHistogram other) {
    other.bins.forEach(
        (bin, counts) -> {
          long[] mine = bins.computeIfAbsent(bin, b -> new long[2]);
          mine[0] += counts[0];
          mine[1] += counts[1];
        });
    return this;
  }

  /** The bins that have rows, by ascending probability. */
  public List<Bin> bins() {
    List<Bin> ascending = new ArrayList<>();
    new TreeMap<>(bins)
        .forEach(
            (bin, counts) -> ascending.add(new Bin(least(bin), middle(bin), counts[0], counts[1])));
    return ascending;
  }

  public long rows() {
    return bins.values().stream().mapToLong(counts -> counts[0] + counts[1]).sum();
  }

  private static int bin(double probability) {
    if (Double.isNaN(probability)) {
      throw new IllegalArgumentException("a probability is not a number");
    }
    double p = Math.min(1, Math.max(0, probability));
    return p < 0.5 ? bits(p) : 2 * MIDDLE - bits(1 - p);
  }

  private static int bits(double p) {
    return p < LEAST ? 0 : (int) (Double.doubleToLongBits(p) >>> DROPPED_BITS);
  }

  private static double edge(int bits) {
    return Double.longBitsToDouble((long) bits << DROPPED_BITS);
  }

  private static double least(int bin) {
    if (bin <= MIDDLE) {
      return bin == 0 ? 0 : edge(bin);
    }
    int mirrored = 2 * MIDDLE - bin;
    if (mirrored == 0) {
      return 1;
    }
    double end = edge(mirrored + 1);
    double near = 1 - end;
    // The bin has the probabilities above 1 - end, which may lie between two doubles.
    return 1 - near < end ? near : Math.nextUp(near);
  }

  private static double middle(int bin) {
    if (bin == MIDDLE) {
      return 0.5;
    }
    int lower = bin < MIDDLE ? bin : 2 * MIDDLE - bin;
    double distance = lower == 0 ? 0 : (edge(lower) + edge(lower + 1)) / 2;
    return bin < MIDDLE ? distance : 1 - distance;
  }

  /**
   * The area under the receiver operating characteristic: the chance that a row with the outcome
   * has a higher probability than one without, where a tie (also within a bin) counts half.
   *
   * @return NaN where all rows are of one kind
   */
  public double areaUnderRoc() {
    double without = 0;
    double with = 0;
    double above = 0;
    for (Bin bin : bins()) {
      above += bin.with() * (without + bin.without() / 2.0);
      without += bin.without();
      with += bin.with();
    }
    return with == 0 || without == 0 ? Double.NaN : above / (with * without);
  }
}
