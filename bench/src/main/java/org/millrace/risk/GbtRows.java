package org.millrace.risk;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table of the benchmarks of trees: 30 numbers, a label that some of them tell in part. */
final class GbtRows {
  static final int WIDTH = 30;

  private GbtRows() {}

  static String[] columns() {
    return IntStream.range(0, WIDTH).mapToObj(f -> "f" + f).toArray(String[]::new);
  }

  /** Writes rows from a number on; the same rows whenever. */
  static void write(SparkSession spark, long from, long to, String path) {
    StructType schema = new StructType().add("label", DataTypes.DoubleType, false);
    for (String column : columns()) {
      schema = schema.add(column, DataTypes.FloatType, false);
    }
    JavaRDD<Row> rows = spark.range(from, to, 1, 4).javaRDD().map(GbtRows::row);
    spark.createDataFrame(rows, schema).write().mode("overwrite").parquet(path);
  }

  /** Steps, products and waves of 12 features, the others noise; half of the logit is chance. */
  private static Row row(long id) {
    SplittableRandom random = new SplittableRandom(id * 0x9E3779B97F4A7C15L + 17);
    Object[] values = new Object[WIDTH + 1];
    double[] x = new double[WIDTH];
    for (int f = 0; f < WIDTH; f++) {
      double value = gaussian(random);
      value = f % 5 == 4 ? Math.floor(3 * value) : f % 5 == 3 ? Math.exp(value) : value;
      values[f + 1] = (float) value;
      x[f] = (float) value;
    }
    double logit =
        0.8 * x[0] * x[1]
            + (x[2] > 0.3 ? 0.9 : -0.4)
            + Math.sin(2 * x[5])
            + 0.3 * Math.min(x[3], 4)
            - 0.5 * Math.log1p(x[8])
            + (x[4] > 1 && x[6] < 0 ? 1.2 : 0)
            + 0.2 * x[7] * x[10] * (x[11] > 0 ? 1 : -1)
            + 0.1 * x[9]
            - 0.6;
    values[0] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1.0 : 0.0;
    return RowFactory.create(values);
  }

  private static double gaussian(SplittableRandom random) {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
