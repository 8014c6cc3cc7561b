package org.millrace.forecast.series;

import java.util.Arrays;

/**
 * The past of one series on a regular grid, oldest first: what a method learns from. Its arrays are
 * its own: whoever gets one leaves it as it is.
 */
public final class History {
  private final double[] values;
  private final int[] periods;
  private final double[][] regressors;

  /**
   * @param values one for each step; finite, since gaps are filled before
   * @param periods lengths of the seasons in steps, shortest first, each at least 2; empty where
   *     there is none
   * @param regressors known series beside it, one array of the length of values each; may be empty
   */
  public History(double[] values, int[] periods, double[][] regressors) {
    this.values = values;
    this.periods = periods;
    this.regressors = regressors;
  }

  public static History of(double[] values, int... periods) {
    return new History(values, periods, new double[0][]);
  }

  public double[] values() {
    return values;
  }

  public int[] periods() {
    return periods;
  }

  public double[][] regressors() {
    return regressors;
  }

  public int length() {
    return values.length;
  }

  /** The shortest season, or 1 where there is none. */
  public int period() {
    return periods.length == 0 ? 1 : periods[0];
  }

  /** The first steps of it, with the regressors of those steps. */
  public History until(int end) {
    double[][] past = new double[regressors.length][];
    for (int r = 0; r < past.length; r++) {
      past[r] = Arrays.copyOf(regressors[r], end);
    }
    return new History(Arrays.copyOf(values, end), periods, past);
  }
}
