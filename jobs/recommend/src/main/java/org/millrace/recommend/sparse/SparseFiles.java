package org.millrace.recommend.sparse;

import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
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

  /**
   * Opens the tables of a verified version.
   *
   * @param place where each is
   */
  public static SparseModel read(SparkSession spark, Function<String, Path> place) {
    return SparseModel.of(
        ModelTable.read(spark, place.apply(USERS)),
        ModelTable.read(spark, place.apply(ROWS)),
        ModelTable.read(spark, place.apply(POPULARITY)));
  }
}
