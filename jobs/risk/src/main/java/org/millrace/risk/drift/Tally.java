package org.millrace.risk.drift;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Rows by column and bin, in bounded memory. */
final class Tally implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Levels that are told of a column, of those that training had not. */
  private static final int EXAMPLES = 5;

  /** By column: rows in each bin; at the end those where it is missing. */
  private final long[][] counts;

  private final ArrayList<TreeSet<String>> unseen = new ArrayList<>();

  Tally(List<Distribution> columns) {
    counts = new long[columns.size()][];
    for (int c = 0; c < counts.length; c++) {
      counts[c] = new long[columns.get(c).counts().size()];
      unseen.add(new TreeSet<>());
    }
  }

  private Tally(Tally other) {
    counts = new long[other.counts.length][];
    for (int c = 0; c < counts.length; c++) {
      counts[c] = other.counts[c].clone();
      unseen.add(new TreeSet<>(other.unseen.get(c)));
    }
  }

  Tally copy() {
    return new Tally(this);
  }

  void add(int column, Bins.Binner binner, Object value) {
    int bin = binner.bin(value);
    add(column, bin);
    if (binner.isUnseen(bin)) {
      keep(column, String.valueOf(value));
    }
  }

  /** Adds a row by its bin. */
  void add(int column, int bin) {
    long[] ofColumn = counts[column];
    ofColumn[bin == Bins.Binner.MISSING ? ofColumn.length - 1 : bin]++;
  }

  /** The first ones by their order are kept: the same ones in whatever order they come. */
  private void keep(int column, String level) {
    TreeSet<String> kept = unseen.get(column);
    kept.add(level);
    if (kept.size() > EXAMPLES) {
      kept.pollLast();
    }
  }

  void merge(Tally other) {
    for (int c = 0; c < counts.length; c++) {
      for (int b = 0; b < counts[c].length; b++) {
        counts[c][b] += other.counts[c][b];
      }
      for (String level : other.unseen.get(c)) {
        keep(c, level);
      }
    }
  }

  long[] counts(int column) {
    return counts[column].clone();
  }

  List<String> unseen(int column) {
    return List.copyOf(unseen.get(column));
  }
}
