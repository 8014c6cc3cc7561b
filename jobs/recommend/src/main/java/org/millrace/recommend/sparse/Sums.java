package org.millrace.recommend.sparse;

/**
 * Sums by column, most of which stay empty: clearing costs as much as what was added. Products of
 * floats are exact in double and are added in the order of the calls, so that equal calls give
 * equal sums.
 */
public final class Sums {
  private final double[] sums;
  private final int[] counts;
  private final int[] touched;
  private int size;

  /**
   * @param width number of columns
   */
  Sums(int width) {
    this.sums = new double[width];
    this.counts = new int[width];
    this.touched = new int[width];
  }

  void add(int column, double value) {
    if (counts[column]++ == 0) {
      touched[size++] = column;
    }
    sums[column] += value;
  }

  /** Columns that were added to. */
  public int size() {
    return size;
  }

  /** One of them, in the order of their first addition. */
  public int column(int i) {
    return touched[i];
  }

  public double sum(int column) {
    return sums[column];
  }

  /** How often was added to the column. */
  public int count(int column) {
    return counts[column];
  }

  public void clear() {
    for (int i = 0; i < size; i++) {
      sums[touched[i]] = 0;
      counts[touched[i]] = 0;
    }
    size = 0;
  }
}
