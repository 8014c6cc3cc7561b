package org.millrace.features.windows;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Goes over rows in the order of key, time and what they tell, and tells the features of those that
 * ask for them. Rows: slab and key (struct), at (microseconds), asks (struct: the row that asks, or
 * null), tells (struct of history columns, or null).
 */
final class LookbackScan implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final int KEY = 0;
  private static final int AT = 1;
  private static final int ASKS = 2;
  private static final int TELLS = 3;

  private final Lookback lookback;
  private final int askColumns;
  private final int features;

  LookbackScan(Lookback lookback, int askColumns, int features) {
    this.lookback = lookback;
    this.askColumns = askColumns;
    this.features = features;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Iterator<>() {
      private final Deque<Row> ready = new ArrayDeque<>();
      private Row next = rows.hasNext() ? rows.next() : null;
      private Row key;
      private History history;

      @Override
      public boolean hasNext() {
        while (ready.isEmpty() && next != null) {
          instant();
        }
        return !ready.isEmpty();
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new java.util.NoSuchElementException();
        }
        return ready.removeFirst();
      }

      /** All rows of one key and instant at once: none comes before another. */
      private void instant() {
        if (key == null || !key.equals(next.getStruct(KEY))) {
          key = next.getStruct(KEY);
          history = new History(lookback);
        }
        long at = next.getLong(AT);
        List<Row> together = new ArrayList<>();
        while (next != null && next.getLong(AT) == at && key.equals(next.getStruct(KEY))) {
          together.add(next);
          next = rows.hasNext() ? rows.next() : null;
        }
        if (lookback.now() == Lookback.Now.INCLUDE) {
          take(together, at);
          answer(together, at);
        } else {
          answer(together, at);
          take(together, at);
        }
      }

      private void take(List<Row> together, long at) {
        together.stream()
            .filter(r -> !r.isNullAt(TELLS))
            .forEach(r -> history.add(at, r.getStruct(TELLS)));
      }

      private void answer(List<Row> together, long at) {
        for (Row row : together) {
          if (!row.isNullAt(ASKS)) {
            Row asking = row.getStruct(ASKS);
            Object[] cells = new Object[askColumns + features];
            for (int i = 0; i < askColumns; i++) {
              cells[i] = asking.get(i);
            }
            history.tell(at, cells, askColumns);
            ready.addLast(RowFactory.create(cells));
          }
        }
      }
    };
  }
}
