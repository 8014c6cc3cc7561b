package org.millrace.forecast.interval;

import java.util.Arrays;

/**
 * How far the values of one series came from their forecasts, a byte for each method, window and
 * step of the horizon.
 */
public final class Distances {
  private static final byte NONE = (byte) Conformity.BINS;

  private final byte[] bins;
  private final int windows;
  private final int horizon;

  private Distances(byte[] bins, int windows, int horizon) {
    this.bins = bins;
    this.windows = windows;
    this.horizon = horizon;
  }

  /** Of a series of which nothing is known yet. */
  public static Distances none(int methods, int windows, int horizon) {
    byte[] bins = new byte[methods * windows * horizon];
    Arrays.fill(bins, NONE);
    return new Distances(bins, windows, horizon);
  }

  /** Those that {@link #bytes} left. */
  public static Distances of(byte[] bytes, int windows, int horizon) {
    return new Distances(bytes, windows, horizon);
  }

  /**
   * Keeps how far a value came.
   *
   * @param low the 10 % quantile
   * @param high the 90 % quantile
   */
  public void set(
      int method, int window, int step, double truth, double mean, double low, double high) {
    bins[at(method, window, step)] = (byte) Conformity.bin(truth, mean, low, high);
  }

  private int at(int method, int window, int step) {
    return (method * windows + window) * horizon + step;
  }

  /** The bin of a value; {@link Conformity#BINS} where nothing was measured. */
  int bin(int method, int window, int step) {
    return Byte.toUnsignedInt(bins[at(method, window, step)]);
  }

  int windows() {
    return windows;
  }

  /**
   * The share of a window's values within the radii of their steps; NaN where nothing was measured.
   *
   * @param radii by step; NaN where there is none
   */
  public double within(int method, int window, double[] radii) {
    int inside = 0;
    int values = 0;
    for (int h = 0; h < horizon; h++) {
      int bin = bin(method, window, h);
      if (bin != Conformity.BINS && !Double.isNaN(radii[h])) {
        inside += Conformity.upperEnd(bin) <= radii[h] * (1 + 1e-9) ? 1 : 0;
        values++;
      }
    }
    return (double) inside / values;
  }

  public byte[] bytes() {
    return bins;
  }
}
