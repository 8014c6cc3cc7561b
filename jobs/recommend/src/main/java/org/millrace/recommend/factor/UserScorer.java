package org.millrace.recommend.factor;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.millrace.recommend.BestItems;
import scala.collection.Seq;

/** Streams the users of a partition, a block at a time, into rows of recommended items. */
final class UserScorer implements MapPartitionsFunction<Row, Row> {

  private static final long serialVersionUID = 1;
  private static final int[] NOTHING = {};

  private final List<Broadcast<ItemBlock>> blocks;
  private final int capacity;
  private final int k;

  /**
   * @param items at least one block
   */
  UserScorer(ItemBlocks items, int k) {
    this.blocks = List.copyOf(items.blocks());
    this.capacity = items.capacity();
    this.k = k;
  }

  /**
   * @param users id, features, positions of known items (array of int, in any order) or null
   * @return rows of user, item, rank, score
   */
  @Override
  public Iterator<Row> call(Iterator<Row> users) {
    return new Iterator<>() {
      private final Queue<Row> ready = new ArrayDeque<>();

      @Override
      public boolean hasNext() {
        while (ready.isEmpty() && users.hasNext()) {
          fill(users, ready);
        }
        return !ready.isEmpty();
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return ready.remove();
      }
    };
  }

  private void fill(Iterator<Row> users, Queue<Row> ready) {
    UserBlock block = new UserBlock(k, blocks.get(0).value().rank());
    while (users.hasNext() && !block.isFull()) {
      Row user = users.next();
      block.add(user.getString(0), Vectors.read(user, 1), positions(user, 2));
    }
    blocks.forEach(items -> block.offer(items.value()));
    for (int user = 0; user < block.size(); user++) {
      ready.addAll(rows(block.id(user), block.best(user)));
    }
  }

  private List<Row> rows(String user, BestItems best) {
    Row[] rows = new Row[best.size()];
    for (int rank = rows.length; rank >= 1; rank--) {
      double score = best.worstScore();
      int position = best.removeWorst();
      String item = blocks.get(position / capacity).value().id(position % capacity);
      rows[rank - 1] = RowFactory.create(user, item, rank, score);
    }
    return Arrays.asList(rows);
  }

  private static int[] positions(Row row, int column) {
    if (row.isNullAt(column)) {
      return NOTHING;
    }
    Seq<Integer> values = row.getSeq(column);
    int[] sorted = new int[values.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = values.apply(i);
    }
    Arrays.sort(sorted);
    return sorted;
  }
}
