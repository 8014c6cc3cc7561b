package org.millrace.recommend.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.recommend.BestItems;
import org.millrace.recommend.Recommender;

/**
 * Multiplies what is known of a user with a matrix whose columns are items, and keeps the best new
 * ones. Where fewer than k items have a score above 0, the most popular others follow, with score
 * 0.
 */
final class ListScorer implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  /** The item by its number. */
  static final StructType SCHEMA =
      new StructType()
          .add("user", DataTypes.StringType, false)
          .add("item", DataTypes.IntegerType, false)
          .add("rank", DataTypes.IntegerType, false)
          .add("score", DataTypes.DoubleType, false)
          .add("reason", DataTypes.StringType, false);

  private final SparseRows.Reader matrix;
  private final Broadcast<int[]> popular;
  private final int k;

  /**
   * @param popular numbers of items, the most popular first; enough for every user
   */
  ListScorer(SparseRows.Reader matrix, Broadcast<int[]> popular, int k) {
    this.matrix = matrix;
    this.popular = popular;
    this.k = k;
  }

  /**
   * @param users user (string), rows of the matrix (array of int), weights (array of float), known
   *     items (array of int, or null)
   */
  @Override
  public Iterator<Row> call(Iterator<Row> users) {
    Sums sums = matrix.sums();
    Iterable<Row> streamed = () -> users;
    return StreamSupport.stream(streamed.spliterator(), false)
        .flatMap(user -> list(user, sums).stream())
        .iterator();
  }

  private List<Row> list(Row user, Sums sums) {
    BitSet taken = new BitSet();
    Arrays.stream(Entries.ints(user, 3)).forEach(taken::set);
    sums.clear();
    matrix.multiply(Entries.ints(user, 1), Entries.floats(user, 2), sums);
    BestItems best = new BestItems(k);
    for (int i = 0; i < sums.size(); i++) {
      int item = sums.column(i);
      if (sums.sum(item) > 0 && !taken.get(item)) {
        best.offer(sums.sum(item), item);
      }
    }
    String id = user.getString(0);
    Row[] chosen = new Row[best.size()];
    for (int rank = chosen.length; rank >= 1; rank--) {
      double score = best.worstScore();
      int item = best.removeWorst();
      taken.set(item);
      chosen[rank - 1] = RowFactory.create(id, item, rank, score, Recommender.BY_MODEL);
    }
    List<Row> rows = new ArrayList<>(Arrays.asList(chosen));
    int[] others = popular.value();
    for (int i = 0; i < others.length && rows.size() < k; i++) {
      if (!taken.get(others[i])) {
        rows.add(RowFactory.create(id, others[i], rows.size() + 1, 0.0, Recommender.BY_POPULARITY));
      }
    }
    return rows;
  }
}
