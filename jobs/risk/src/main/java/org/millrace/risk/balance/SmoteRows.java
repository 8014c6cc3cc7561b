package org.millrace.risk.balance;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.outcome.Stop;
import org.millrace.risk.draw.SplitMix;
import org.millrace.risk.learn.Examples;
import scala.Tuple2;

/**
 * Rows made between rows of a class and their neighbours: SMOTE, and SMOTE-NC where features are 0
 * or 1. (Chawla, Bowyer, Hall and Kegelmeyer, SMOTE, JAIR 2002, sections 4.2 and 6.1.)
 *
 * <p>Neighbours are looked for among some {@value #BLOCK} rows of the class that a hash puts
 * together, so that neither memory nor the time for a row grows with the class. Distances are of
 * features divided by their standard deviations; a value that only one of two rows has sets them
 * apart by one deviation, and one that both lack by nothing.
 */
final class SmoteRows {
  private static final int BLOCK = 2_000;

  private SmoteRows() {}

  /**
   * New rows of a class.
   *
   * @param more new rows to each row there is, on average
   */
  static Dataset<Row> of(Examples examples, int label, double more, int neighbours, long seed) {
    Dataset<Row> own = examples.rows().filter(col(Examples.LABEL).equalTo((double) label));
    int at = own.schema().fieldIndex(Examples.FEATURES);
    int id = own.schema().fieldIndex(Examples.ID);
    FeatureMoments moments =
        own.javaRDD()
            .treeAggregate(
                new FeatureMoments(examples.features().size()),
                (m, row) -> m.add(((DenseVector) row.get(at)).values()),
                FeatureMoments::merge);
    if (moments.rows() == 1) {
      throw Stop.contract(
          "balance.kind = smote makes rows between the rows of a class, and of one class there is a"
              + " single row to learn from; give more rows of it, take balance.kind = oversample or"
              + " class-weights, or fewer folds in choose");
    }
    SmoteSpace space = new SmoteSpace(moments.deviations(), moments.continuous(), groups(examples));
    int blocks = (int) Math.max(1, (moments.rows() + BLOCK - 1) / BLOCK);
    JavaRDD<Row> made =
        own.javaRDD()
            .mapToPair(
                row ->
                    new Tuple2<>(
                        (int) Math.floorMod(SplitMix.mix(seed ^ row.getLong(id)), (long) blocks),
                        row))
            .groupByKey(blocks)
            .flatMap(block -> make(block._2(), space, at, id, more, neighbours, seed).iterator());
    return own.sparkSession().createDataFrame(made, own.schema());
  }

  /** The number of the column that each feature is made of. */
  private static int[] groups(Examples examples) {
    List<String> columns = new ArrayList<>();
    int[] groups = new int[examples.features().size()];
    for (int f = 0; f < groups.length; f++) {
      String column = examples.features().features().get(f).column();
      if (!columns.contains(column)) {
        columns.add(column);
      }
      groups[f] = columns.indexOf(column);
    }
    return groups;
  }

  private static List<Row> make(
      Iterable<Row> block,
      SmoteSpace space,
      int at,
      int id,
      double more,
      int neighbours,
      long seed) {
    List<Row> rows = new ArrayList<>();
    block.forEach(rows::add);
    rows.sort(Comparator.comparingLong(row -> row.getLong(id)));
    double[][] values =
        rows.stream().map(row -> ((DenseVector) row.get(at)).values()).toArray(double[][]::new);
    List<Row> made = new ArrayList<>();
    if (rows.size() < 2) {
      return made;
    }
    for (int r = 0; r < rows.size(); r++) {
      long own = SplitMix.mix(seed + 31 * rows.get(r).getLong(id));
      int count = (int) Math.floor(more + SplitMix.unit(own));
      int[] nearest = count == 0 ? new int[0] : space.nearest(values, r, neighbours);
      for (int n = 0; n < count; n++) {
        long draw = SplitMix.mix(own + n + 1);
        Object[] copy = new Object[rows.get(r).size()];
        for (int i = 0; i < copy.length; i++) {
          copy[i] = rows.get(r).get(i);
        }
        copy[at] = new DenseVector(space.between(values, r, nearest, draw));
        copy[id] = draw;
        made.add(org.apache.spark.sql.RowFactory.create(copy));
      }
    }
    return made;
  }
}
