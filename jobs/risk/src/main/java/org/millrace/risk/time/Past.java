package org.millrace.risk.time;

import java.util.Arrays;

/** The last rows' numbers of a few columns, in a ring for each. */
final class Past {
  private final double[][] rings;
  private final int length;
  private final double[] scratch;
  private long rows;

  /**
   * @param columns how many columns there are
   * @param length how many rows are remembered, the newest one included
   */
  Past(int columns, int length) {
    this.rings = new double[columns][length];
    this.length = length;
    this.scratch = new double[length];
    clear();
  }

  void clear() {
    rows = 0;
    for (double[] ring : rings) {
      Arrays.fill(ring, Double.NaN);
    }
  }

  /** Begins a row, whose numbers are {@link #set} next. */
  void advance() {
    rows++;
  }

  /** Sets a number of the newest row; NaN where it is missing. */
  void set(int column, double value) {
    rings[column][at(0)] = value;
  }

  /** A number of some rows back; NaN where it is missing or before the first row. */
  double back(int column, int lag) {
    return lag < rows ? rings[column][at(lag)] : Double.NaN;
  }

  /**
   * A statistic of the numbers that are there among some rows; NaN where none is, or before so many
   * rows have passed. It is made anew each time: rows say the same wherever a table begins.
   *
   * @param newest how many rows back the window ends
   */
  double statistic(Statistic statistic, int column, int newest, int window) {
    if (newest + window > rows) {
      return Double.NaN;
    }
    int present = 0;
    for (int lag = newest + window - 1; lag >= newest; lag--) {
      double value = rings[column][at(lag)];
      if (!Double.isNaN(value)) {
        scratch[present++] = value;
      }
    }
    return statistic.of(scratch, present);
  }

  private int at(int lag) {
    return (int) ((rows - 1 - lag) % length);
  }
}
