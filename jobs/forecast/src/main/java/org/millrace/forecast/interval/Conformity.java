package org.millrace.forecast.interval;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * How far values came from their forecasts, counted by distance: in units of the distance between
 * the mean and the end of the 80 % interval on the value's side. Bins are of equal width on a
 * logarithmic scale, 3.7 % each from 0.01 to 100; counts of parts add up.
 */
public final class Conformity implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BINS = 256;
  private static final double LEAST = 0.01;
  private static final double RATIO = Math.pow(1e4, 1.0 / (BINS - 2));

  private final int[] counts = new int[BINS];
  private long total;

  /**
   * Counts a value.
   *
   * @param low the 10 % quantile
   * @param high the 90 % quantile
   */
  public void add(double truth, double mean, double low, double high) {
    double distance = Math.abs(truth - mean);
    double unit = truth < mean ? mean - low : high - mean;
    counts[bin(distance == 0 ? 0 : unit > 0 ? distance / unit : Double.POSITIVE_INFINITY)]++;
    total++;
  }

  private static int bin(double score) {
    if (score <= LEAST) {
      return 0;
    }
    double bin = Math.ceil(Math.log(score / LEAST) / Math.log(RATIO));
    return (int) Math.min(BINS - 1, Math.max(1, bin));
  }

  public void add(Conformity other) {
    for (int bin = 0; bin < BINS; bin++) {
      counts[bin] += other.counts[bin];
    }
    total += other.total;
  }

  public long total() {
    return total;
  }

  /**
   * The distance within which a new value comes with a probability of at least {@code level}: the
   * upper end of the bin with the ceil((n + 1) level)-th smallest distance (Vovk, Gammerman and
   * Shafer, Algorithmic learning in a random world, 2005; split conformal prediction by horizon as
   * in Stankeviciute, Alaa and van der Schaar, Conformal time-series forecasting, NeurIPS 2021,
   * with the distances normalized as by Romano, Patterson and Candes, NeurIPS 2019). NaN without
   * any value.
   */
  public double radius(double level) {
    if (total == 0) {
      return Double.NaN;
    }
    long rank = Math.min(total, (long) Math.ceil((total + 1) * level));
    long seen = 0;
    for (int bin = 0; bin < BINS; bin++) {
      seen += counts[bin];
      if (seen >= rank) {
        return upperEnd(bin);
      }
    }
    return upperEnd(BINS - 1);
  }

  private static double upperEnd(int bin) {
    return LEAST * Math.pow(RATIO, bin);
  }

  /** The share of values within a distance. */
  public double within(double radius) {
    long inside = 0;
    for (int bin = 0; bin < BINS && upperEnd(bin) <= radius * (1 + 1e-9); bin++) {
      inside += counts[bin];
    }
    return (double) inside / total;
  }

  public void write(DataOutput out) throws IOException {
    int used = 0;
    for (int count : counts) {
      used += count > 0 ? 1 : 0;
    }
    out.writeInt(used);
    for (int bin = 0; bin < BINS; bin++) {
      if (counts[bin] > 0) {
        out.writeShort(bin);
        out.writeInt(counts[bin]);
      }
    }
  }

  public static Conformity read(DataInput in) throws IOException {
    Conformity read = new Conformity();
    int used = in.readInt();
    for (int i = 0; i < used; i++) {
      int bin = in.readShort();
      read.counts[bin] = in.readInt();
      read.total += read.counts[bin];
    }
    return read;
  }
}
