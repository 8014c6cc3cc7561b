package org.millrace.text.classify;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Numbers of vectors that are nearly the same in all rows, as sentence models have some. MLlib's
 * linear learners divide by deviations, so that the penalty of such a number's weight swallows
 * every step of the search: it ends where it began.
 */
final class NearlyConstant {
  /** Of the greatest deviation. */
  private static final double LEAST = 1e-4;

  private NearlyConstant() {}

  /** The rows with 0 for these numbers, to which learners then give no weight. */
  static Dataset<Row> blanked(Dataset<Row> rows) {
    double[] deviations =
        ((Vector) rows.select(Summarizer.std(col(Examples.VECTOR))).first().get(0)).toArray();
    double least = LEAST * Arrays.stream(deviations).max().orElse(0);
    int[] places =
        IntStream.range(0, deviations.length).filter(i -> deviations[i] < least).toArray();
    if (places.length == 0) {
      return rows;
    }
    UDF1<Vector, Vector> blank = vector -> blanked(vector, places);
    return rows.withColumn(
        Examples.VECTOR, udf(blank, SQLDataTypes.VectorType()).apply(col(Examples.VECTOR)));
  }

  /**
   * @param places ascending
   */
  private static Vector blanked(Vector vector, int[] places) {
    Vector copy = vector.copy();
    if (copy instanceof SparseVector sparse) {
      for (int i = 0; i < sparse.indices().length; i++) {
        if (Arrays.binarySearch(places, sparse.indices()[i]) >= 0) {
          sparse.values()[i] = 0;
        }
      }
      return sparse;
    }
    double[] numbers = copy.toArray();
    for (int place : places) {
      numbers[place] = 0;
    }
    return Vectors.dense(numbers);
  }
}
