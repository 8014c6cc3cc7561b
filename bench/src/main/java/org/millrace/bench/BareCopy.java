package org.millrace.bench;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.SparkSession;

/**
 * The bare Spark program that {@link CopyTable} is measured against: reads the columns, writes
 * them.
 */
public final class BareCopy {
  private BareCopy() {}

  /** Takes the input's and the output's path. */
  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().appName("bare-copy").getOrCreate();
    spark
        .read()
        .parquet(arguments[0])
        .select(col("date"), col("delay"), col("distance"), col("origin"), col("destination"))
        .write()
        .mode("overwrite")
        .parquet(arguments[1]);
    spark.stop();
  }
}
