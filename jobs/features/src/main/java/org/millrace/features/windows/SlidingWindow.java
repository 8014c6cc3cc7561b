package org.millrace.features.windows;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The history rows of the last so many microseconds, as they are told. */
final class SlidingWindow {
  /** A history row, as all windows of a key share it. */
  static final class Entry {
    private final long at;
    private final double[] values;

    /**
     * @param values of the aggregated columns; NaN where there is none, and kept as they are
     */
    Entry(long at, double[] values) {
      this.at = at;
      this.values = values;
    }
  }

  private final long length;
  private final List<Lookback.Aggregate> aggregates;
  private final SlidingColumn[] columns;
  private final Deque<Entry> entries = new ArrayDeque<>();

  SlidingWindow(long length, List<Lookback.Aggregate> aggregates) {
    this.length = length;
    this.aggregates = aggregates;
    this.columns = new SlidingColumn[aggregates.size()];
    for (int i = 0; i < columns.length; i++) {
      List<Lookback.Function> functions = aggregates.get(i).functions();
      columns[i] =
          new SlidingColumn(
              functions.contains(Lookback.Function.MIN)
                  || functions.contains(Lookback.Function.MAX));
    }
  }

  void add(Entry entry) {
    entries.addLast(entry);
    for (int i = 0; i < columns.length; i++) {
      if (!Double.isNaN(entry.values[i])) {
        columns[i].add(entry.values[i]);
      }
    }
  }

  /** Lets go what is older than the length at that time: an entry of exactly that age stays. */
  void moveTo(long now) {
    while (!entries.isEmpty() && now - entries.getFirst().at > length) {
      Entry old = entries.removeFirst();
      for (int i = 0; i < columns.length; i++) {
        if (!Double.isNaN(old.values[i])) {
          columns[i].remove(old.values[i]);
        }
      }
    }
  }

  /** Writes what is told, and gives the place behind it. */
  int tell(Object[] cells, int at) {
    int place = at;
    cells[place++] = (long) entries.size();
    for (int i = 0; i < columns.length; i++) {
      for (Lookback.Function function : aggregates.get(i).functions()) {
        cells[place++] = function.of(columns[i]);
      }
    }
    return place;
  }
}
