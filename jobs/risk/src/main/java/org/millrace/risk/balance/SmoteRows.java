package org.millrace.risk.balance;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.risk.learn.Examples;
import scala.Tuple2;

/**
 * Rows made between rows of a class and their neighbours: SMOTE, and SMOTE-NC where features are 0
 * or 1. (Chawla, Bowyer, Hall and Kegelmeyer, SMOTE, JAIR 2002, sections 4.2 and 6.1.)
 *
 * <p>Neighbours are looked for among some {@value #BLOCK} rows of the class that a hash puts
 * together, so that neither memory nor the time for a row grows with the class. Distances are of
 * features divided by their standard deviations.
 */
final class SmoteRows {
  private static final int BLOCK = 2_000;

  private SmoteRows() {}

  /** Mean, deviation and kind of each feature over the rows of a class. */
  private static final class Figures implements Serializable {
    private static final long serialVersionUID = 1L;
    private final double[] sums;
    private final double[] squares;
    private final long[] present;
    private final boolean[] continuous;
    private long rows;

    Figures(int size) {
      sums = new double[size];
      squares = new double[size];
      present = new long[size];
      continuous = new boolean[size];
    }

    Figures add(double[] values) {
      rows++;
      for (int f = 0; f < values.length; f++) {
        double x = values[f];
        if (!Double.isNaN(x)) {
          sums[f] += x;
          squares[f] += x * x;
          present[f]++;
          continuous[f] |= x != 0 && x != 1;
        }
      }
      return this;
    }

    Figures merge(Figures other) {
      rows += other.rows;
      for (int f = 0; f < sums.length; f++) {
        sums[f] += other.sums[f];
        squares[f] += other.squares[f];
        present[f] += other.present[f];
        continuous[f] |= other.continuous[f];
      }
      return this;
    }

    SmoteSpace space(int[] groups) {
      double[] deviations = new double[sums.length];
      for (int f = 0; f < sums.length; f++) {
        double mean = sums[f] / present[f];
        double variance = squares[f] / present[f] - mean * mean;
        deviations[f] = variance > 0 ? Math.sqrt(variance) : 0;
      }
      return new SmoteSpace(deviations, continuous, groups);
    }
  }

  /**
   * New rows of a class.
   *
   * @param more new rows to each row there is, on average
   */
  static Dataset<Row> of(Examples examples, int label, double more, int neighbours, long seed) {
    Dataset<Row> own = examples.rows().filter(col(Examples.LABEL).equalTo((double) label));
    int at = own.schema().fieldIndex(Examples.FEATURES);
    int id = own.schema().fieldIndex(Examples.ID);
    Figures figures =
        own.javaRDD()
            .treeAggregate(
                new Figures(examples.features().size()),
                (f, row) -> f.add(((DenseVector) row.get(at)).values()),
                Figures::merge);
    SmoteSpace space = figures.space(groups(examples));
    int blocks = (int) Math.max(1, (figures.rows + BLOCK - 1) / BLOCK);
    JavaRDD<Row> made =
        own.javaRDD()
            .mapToPair(
                row ->
                    new Tuple2<>(
                        (int) Math.floorMod(SmoteSpace.mix(seed ^ row.getLong(id)), (long) blocks),
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
      long own = SmoteSpace.mix(seed + 31 * rows.get(r).getLong(id));
      int count = (int) Math.floor(more + SmoteSpace.unit(own));
      int[] nearest = count == 0 ? new int[0] : space.nearest(values, r, neighbours);
      for (int n = 0; n < count; n++) {
        long draw = SmoteSpace.mix(own + n + 1);
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
