package org.millrace.recommend.neighbour;

import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.millrace.recommend.BestItems;
import org.millrace.recommend.sparse.Entries;
import org.millrace.recommend.sparse.SparseRows;
import org.millrace.recommend.sparse.Sums;
import org.millrace.recommend.sparse.UnitRows;

/** Multiplies each row with the transposed matrix and keeps its best partners. */
final class NeighbourFinder implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  private final SparseRows.Reader transposed;
  private final Similarity similarity;

  NeighbourFinder(SparseRows.Reader transposed, Similarity similarity) {
    this.transposed = transposed;
    this.similarity = similarity;
  }

  /**
   * @param rows as of {@link UnitRows#of}
   * @return row, columns (numbers of the neighbours, most similar first), values (similarities)
   */
  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Sums sums = transposed.sums();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return neighbours(rows.next(), sums);
      }
    };
  }

  private Row neighbours(Row row, Sums sums) {
    int self = row.getInt(0);
    sums.clear();
    transposed.multiply(Entries.ints(row, 1), Entries.floats(row, 2), sums);
    BestItems best = new BestItems(similarity.neighbours());
    for (int i = 0; i < sums.size(); i++) {
      int other = sums.column(i);
      double similar = similarity.of(sums.sum(other), sums.count(other));
      if (other != self && similar > 0) {
        best.offer(similar, other);
      }
    }
    int[] others = new int[best.size()];
    float[] similarities = new float[best.size()];
    for (int place = others.length - 1; place >= 0; place--) {
      similarities[place] = (float) best.worstScore();
      others[place] = best.removeWorst();
    }
    return RowFactory.create(self, others, similarities);
  }
}
