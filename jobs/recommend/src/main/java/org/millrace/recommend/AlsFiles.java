package org.millrace.recommend;

import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.millrace.model.ModelVersion;

/**
 * A factor model as Parquet files of a model version: {@code users}, {@code items} and {@code
 * popularity}.
 */
record AlsFiles(Path folder) {
  private static final String USERS = "users";
  private static final String ITEMS = "items";
  private static final String POPULARITY = "popularity";

  /** Writes the tables, sorted by id, so that equal models have equal files. */
  Void write(FactorModel model) {
    write(model.users(), USERS);
    write(model.items(), ITEMS);
    write(model.popularity(), POPULARITY);
    return null;
  }

  private void write(Dataset<Row> table, String name) {
    table
        .sort(functions.col("id"))
        .write()
        .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", false)
        .parquet(new Path(folder, name).toString());
  }

  /** Opens a verified version's tables. */
  static FactorModel read(SparkSession spark, ModelVersion version) {
    return FactorModel.of(
        spark.read().parquet(version.file(USERS).toString()),
        spark.read().parquet(version.file(ITEMS).toString()),
        spark.read().parquet(version.file(POPULARITY).toString()));
  }
}
