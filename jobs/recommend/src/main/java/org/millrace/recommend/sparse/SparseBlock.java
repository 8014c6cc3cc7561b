package org.millrace.recommend.sparse;

import java.io.Serializable;
import java.util.Arrays;

/** Some neighbouring rows of a sparse matrix, in compressed form: 8 bytes an entry. */
final class SparseBlock implements Serializable {
  private static final long serialVersionUID = 1;

  private final int first;
  private int[] ends;
  private int[] columns = new int[1024];
  private float[] values = new float[1024];
  private int rows;

  /**
   * @param first number of the first row
   * @param capacity greatest number of rows
   */
  SparseBlock(int first, int capacity) {
    this.first = first;
    this.ends = new int[capacity];
  }

  /** Rows come in ascending order; those left out are empty. */
  void append(int row, int[] rowColumns, float[] rowValues) {
    int end = rows == 0 ? 0 : ends[rows - 1];
    while (rows < row - first) {
      ends[rows++] = end;
    }
    int needed = Math.addExact(end, rowColumns.length);
    if (needed > columns.length) {
      int length = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * columns.length));
      columns = Arrays.copyOf(columns, length);
      values = Arrays.copyOf(values, length);
    }
    System.arraycopy(rowColumns, 0, columns, end, rowColumns.length);
    System.arraycopy(rowValues, 0, values, end, rowValues.length);
    ends[rows++] = needed;
  }

  /** Frees what was not needed. */
  SparseBlock trim() {
    ends = Arrays.copyOf(ends, rows);
    int entries = rows == 0 ? 0 : ends[rows - 1];
    columns = Arrays.copyOf(columns, entries);
    values = Arrays.copyOf(values, entries);
    return this;
  }

  /** Adds a multiple of a row, which may be empty or beyond the last, to sums by column. */
  void addTo(Sums sums, int row, float weight) {
    int slot = row - first;
    if (slot >= rows) {
      return;
    }
    for (int i = slot == 0 ? 0 : ends[slot - 1]; i < ends[slot]; i++) {
      sums.add(columns[i], (double) weight * values[i]);
    }
  }
}
