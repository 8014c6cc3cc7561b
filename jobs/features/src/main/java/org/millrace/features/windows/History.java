package org.millrace.features.windows;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;

/** What is known of one key as time goes by. */
final class History {
  private final Lookback lookback;
  private final List<SlidingWindow> windows = new ArrayList<>();
  private final Deque<Latest> latest = new ArrayDeque<>();
  private final long tolerance;
  private final int mostLag;

  private record Latest(long at, List<Object> values) {}

  History(Lookback lookback) {
    this.lookback = lookback;
    this.tolerance = Lookback.micros(lookback.tolerance());
    this.mostLag = Math.max(1, lookback.mostLag());
    for (Duration window : lookback.windows()) {
      windows.add(new SlidingWindow(Lookback.micros(window), lookback.aggregates()));
    }
  }

  /**
   * Takes what happened.
   *
   * @param values struct of the lag columns, then the aggregated ones as numbers
   */
  void add(long at, Row values) {
    int lags = lookback.lagColumns().size();
    List<Object> lagged = new ArrayList<>(lags);
    for (int i = 0; i < lags; i++) {
      lagged.add(values.get(i));
    }
    latest.addFirst(new Latest(at, lagged));
    if (latest.size() > mostLag) {
      latest.removeLast();
    }
    double[] numbers = new double[lookback.aggregates().size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = values.isNullAt(lags + i) ? Double.NaN : values.getDouble(lags + i);
    }
    SlidingWindow.Entry entry = new SlidingWindow.Entry(at, numbers);
    windows.forEach(w -> w.add(entry));
  }

  /** Writes the features at a time into cells, from a place on. */
  void tell(long now, Object[] cells, int from) {
    int place = from;
    Latest last = latest.peekFirst();
    cells[place++] = last == null || now - last.at() > tolerance ? null : (now - last.at()) / 1e6;
    for (SlidingWindow window : windows) {
      window.moveTo(now);
      place = window.tell(cells, place);
    }
    for (int lag : lookback.lags()) {
      Latest row = back(lag);
      boolean told = row != null && now - row.at() <= tolerance;
      for (int i = 0; i < lookback.lagColumns().size(); i++) {
        cells[place++] = told ? row.values().get(i) : null;
      }
    }
  }

  private Latest back(int lag) {
    if (lag > latest.size()) {
      return null;
    }
    Iterator<Latest> rows = latest.iterator();
    for (int i = 1; i < lag; i++) {
      rows.next();
    }
    return rows.next();
  }
}
