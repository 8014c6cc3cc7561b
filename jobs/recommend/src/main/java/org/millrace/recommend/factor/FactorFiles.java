package org.millrace.recommend.factor;

import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.millrace.model.ModelVersion;
import org.millrace.recommend.ModelTable;

/**
 * A factor model as Parquet files of a model version: {@code users}, {@code items} and {@code
 * popularity}.
 */
public record FactorFiles(Path folder) {
  private static final String USERS = "users";
  private static final String ITEMS = "items";
  private static final String POPULARITY = "popularity";

  /** Writes the tables, sorted by id, so that equal models have equal files. */
  public Void write(FactorModel model) {
    ModelTable.write(model.users(), new Path(folder, USERS));
    ModelTable.write(model.items(), new Path(folder, ITEMS));
    ModelTable.write(model.popularity(), new Path(folder, POPULARITY));
    return null;
  }

  /** Opens a verified version's tables. */
  public static FactorModel read(SparkSession spark, ModelVersion version) {
    return FactorModel.of(
        spark.read().parquet(version.file(USERS).toString()),
        spark.read().parquet(version.file(ITEMS).toString()),
        spark.read().parquet(version.file(POPULARITY).toString()));
  }

  /** Opens the tables in a folder of a verified version. */
  public static FactorModel read(SparkSession spark, Path folder) {
    return FactorModel.of(
        spark.read().parquet(new Path(folder, USERS).toString()),
        spark.read().parquet(new Path(folder, ITEMS).toString()),
        spark.read().parquet(new Path(folder, POPULARITY).toString()));
  }
}
