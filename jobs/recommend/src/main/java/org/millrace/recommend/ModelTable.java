package org.millrace.recommend;

import static org.apache.spark.sql.functions.col;

import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A table of a model as Parquet. */
public final class ModelTable {
  private ModelTable() {}

  /** Sorted by id, so that equal tables have equal files. */
  public static void write(Dataset<Row> table, Path folder) {
    table
        .sort(col("id"))
        .write()
        .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", false)
        .parquet(folder.toString());
  }

  /** As it was written. */
  public static Dataset<Row> read(SparkSession spark, Path folder) {
    return spark.read().parquet(folder.toString());
  }
}
