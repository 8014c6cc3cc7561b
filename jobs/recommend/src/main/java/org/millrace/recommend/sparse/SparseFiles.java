package org.millrace.recommend.sparse;

import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.millrace.model.ModelVersion;
import org.millrace.recommend.ModelTable;

/**
 * A neighbour model as Parquet files of a model version: {@code users}, {@code rows} and {@code
 * popularity}.
 */
public record SparseFiles(Path folder) {
  private static final String USERS = "users";
  private static final String ROWS = "rows";
  private static final String POPULARITY = "popularity";

  /** Writes the tables, sorted by id, so that equal models have equal files. */
  public void write(SparseModel model) {
    ModelTable.write(model.users(), new Path(folder, USERS));
    ModelTable.write(model.rows(), new Path(folder, ROWS));
    ModelTable.write(model.popularity(), new Path(folder, POPULARITY));
  }

  /** Opens a verified version's tables. */
  public static SparseModel read(SparkSession spark, ModelVersion version) {
    return SparseModel.of(
        spark.read().parquet(version.file(USERS).toString()),
        spark.read().parquet(version.file(ROWS).toString()),
        spark.read().parquet(version.file(POPULARITY).toString()));
  }

  /** Opens the tables in a folder of a verified version. */
  public static SparseModel read(SparkSession spark, Path folder) {
    return SparseModel.of(
        spark.read().parquet(new Path(folder, USERS).toString()),
        spark.read().parquet(new Path(folder, ROWS).toString()),
        spark.read().parquet(new Path(folder, POPULARITY).toString()));
  }
}
