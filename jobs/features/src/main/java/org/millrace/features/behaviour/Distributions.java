package org.millrace.features.behaviour;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.stddev_samp;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** How measures are distributed over users or sessions. */
public final class Distributions {
  private static final double[] PROBABILITIES = {0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1};
  private static final double ERROR = 0.001;

  private static final StructType SCHEMA =
      new StructType()
          .add("measure", DataTypes.StringType)
          .add("rows", DataTypes.LongType)
          .add("mean", DataTypes.DoubleType)
          .add("standard_deviation", DataTypes.DoubleType)
          .add("minimum", DataTypes.DoubleType)
          .add("p10", DataTypes.DoubleType)
          .add("p25", DataTypes.DoubleType)
          .add("median", DataTypes.DoubleType)
          .add("p75", DataTypes.DoubleType)
          .add("p90", DataTypes.DoubleType)
          .add("p99", DataTypes.DoubleType)
          .add("maximum", DataTypes.DoubleType);

  private Distributions() {}

  /**
   * A row for each measure: its number of values, mean, standard deviation (of the sample; null for
   * one value) and quantiles (of a rank that is at most 0.1 % off).
   *
   * @param prefix before the column's name, such as {@code session.}
   * @param measures numeric columns; nulls do not count
   */
  public static List<Row> of(Dataset<Row> rows, String prefix, String... measures) {
    Dataset<Row> numbers =
        rows.select(
            java.util.Arrays.stream(measures)
                .map(m -> col(m).cast("double").as(m))
                .toArray(Column[]::new));
    List<Column> moments = new ArrayList<>();
    for (String measure : measures) {
      moments.add(count(measure));
      moments.add(avg(measure));
      moments.add(stddev_samp(measure));
    }
    Row told =
        numbers
            .agg(moments.get(0), moments.subList(1, moments.size()).toArray(Column[]::new))
            .first();
    double[][] quantiles = numbers.stat().approxQuantile(measures, PROBABILITIES, ERROR);
    List<Row> result = new ArrayList<>();
    for (int i = 0; i < measures.length; i++) {
      if (told.getLong(3 * i) > 0) {
        Object[] cells = new Object[SCHEMA.size()];
        cells[0] = prefix + measures[i];
        cells[1] = told.get(3 * i);
        cells[2] = told.get(3 * i + 1);
        cells[3] = told.get(3 * i + 2);
        for (int q = 0; q < PROBABILITIES.length; q++) {
          cells[4 + q] = quantiles[i][q];
        }
        result.add(RowFactory.create(cells));
      }
    }
    return result;
  }

  /** The rows of several calls as a table. */
  public static Dataset<Row> table(org.apache.spark.sql.SparkSession spark, List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }
}
