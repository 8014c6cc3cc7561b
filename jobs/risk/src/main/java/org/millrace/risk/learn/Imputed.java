package org.millrace.risk.learn;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.risk.model.LinearPredictor;

/**
 * Rows as linear learners can take them: means for missing values, and behind the features a 0 or 1
 * for each one that is ever missing.
 */
final class Imputed {
  private static final StructType SCHEMA =
      new StructType()
          .add(Examples.FEATURES, SQLDataTypes.VectorType(), false)
          .add(Examples.LABEL, DataTypes.DoubleType, false)
          .add(Examples.WEIGHT, DataTypes.DoubleType, false);

  private final double[] means;
  private final int[] indicators;

  private Imputed(double[] means, int[] indicators) {
    this.means = means;
    this.indicators = indicators;
  }

  static Imputed fit(Examples examples) {
    int size = examples.features().size();
    Sums sums = vectors(examples.rows()).treeAggregate(new Sums(size), Imputed::add, Sums::merge);
    double[] means = new double[size];
    int missing = 0;
    for (int f = 0; f < size; f++) {
      means[f] = sums.present[f] == 0 ? 0 : sums.sum[f] / sums.present[f];
      missing += sums.present[f] < sums.rows ? 1 : 0;
    }
    int[] indicators = new int[missing];
    int next = 0;
    for (int f = 0; f < size; f++) {
      if (sums.present[f] < sums.rows) {
        indicators[next++] = f;
      }
    }
    return new Imputed(means, indicators);
  }

  private static JavaRDD<Row> vectors(Dataset<Row> rows) {
    return rows.select(Examples.FEATURES).javaRDD();
  }

  private static Sums add(Sums sums, Row row) {
    double[] values = ((DenseVector) row.get(0)).values();
    sums.rows++;
    for (int f = 0; f < values.length; f++) {
      if (!Double.isNaN(values[f])) {
        sums.sum[f] += values[f];
        sums.present[f]++;
      }
    }
    return sums;
  }

  /** Features, label and weight. */
  Dataset<Row> of(Examples examples) {
    double[] means = this.means;
    int[] indicators = this.indicators;
    JavaRDD<Row> rows =
        examples
            .rows()
            .select(Examples.FEATURES, Examples.LABEL, Examples.WEIGHT)
            .javaRDD()
            .map(
                row ->
                    RowFactory.create(
                        Vectors.dense(
                            impute(((DenseVector) row.get(0)).values(), means, indicators)),
                        row.getDouble(1),
                        row.getDouble(2)));
    return examples.rows().sparkSession().createDataFrame(rows, SCHEMA);
  }

  private static double[] impute(double[] values, double[] means, int[] indicators) {
    double[] imputed = new double[values.length + indicators.length];
    for (int f = 0; f < values.length; f++) {
      imputed[f] = Double.isNaN(values[f]) ? means[f] : values[f];
    }
    for (int i = 0; i < indicators.length; i++) {
      imputed[values.length + i] = Double.isNaN(values[indicators[i]]) ? 1 : 0;
    }
    return imputed;
  }

  /**
   * What was learnt of imputed rows, for rows that are not.
   *
   * @param weights output x imputed feature
   */
  LinearPredictor predictor(double[] intercepts, double[][] weights) {
    double[][] ofValues = new double[weights.length][means.length];
    double[][] ofMissing = new double[weights.length][means.length];
    for (int o = 0; o < weights.length; o++) {
      System.arraycopy(weights[o], 0, ofValues[o], 0, means.length);
      for (int i = 0; i < indicators.length; i++) {
        ofMissing[o][indicators[i]] = weights[o][means.length + i];
      }
    }
    return new LinearPredictor(intercepts, ofValues, ofMissing, means);
  }

  private static final class Sums implements Serializable {
    private static final long serialVersionUID = 1L;
    private final double[] sum;
    private final long[] present;
    private long rows;

    Sums(int size) {
      sum = new double[size];
      present = new long[size];
    }

    Sums merge(Sums other) {
      for (int f = 0; f < sum.length; f++) {
        sum[f] += other.sum[f];
        present[f] += other.present[f];
      }
      rows += other.rows;
      return this;
    }
  }
}
