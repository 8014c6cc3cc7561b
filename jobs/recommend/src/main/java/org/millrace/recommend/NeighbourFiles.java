package org.millrace.recommend;

import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.millrace.model.ModelVersion;
import org.millrace.recommend.neighbour.NeighbourModel;

/**
 * A neighbour model as Parquet files of a model version: {@code users}, {@code rows} and {@code
 * popularity}.
 */
record NeighbourFiles(Path folder) {
  private static final String USERS = "users";
  private static final String ROWS = "rows";
  private static final String POPULARITY = "popularity";

  /** Writes the tables, sorted by id, so that equal models have equal files. */
  void write(NeighbourModel model) {
    ModelTable.write(model.users(), new Path(folder, USERS));
    ModelTable.write(model.rows(), new Path(folder, ROWS));
    ModelTable.write(model.popularity(), new Path(folder, POPULARITY));
  }

  /** Opens a verified version's tables. */
  static NeighbourModel read(SparkSession spark, ModelVersion version) {
    return NeighbourModel.of(
        spark.read().parquet(version.file(USERS).toString()),
        spark.read().parquet(version.file(ROWS).toString()),
        spark.read().parquet(version.file(POPULARITY).toString()));
  }
}
