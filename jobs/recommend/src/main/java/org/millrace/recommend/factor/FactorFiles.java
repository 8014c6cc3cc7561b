package org.millrace.recommend.factor;

import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
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
  public void write(FactorModel model) {
    ModelTable.write(model.users(), new Path(folder, USERS));
    ModelTable.write(model.items(), new Path(folder, ITEMS));
    ModelTable.write(model.popularity(), new Path(folder, POPULARITY));
  }

  /**
   * Opens the tables of a verified version.
   *
   * @param place where each is
   */
  public static FactorModel read(SparkSession spark, Function<String, Path> place) {
    return FactorModel.of(
        ModelTable.read(spark, place.apply(USERS)),
        ModelTable.read(spark, place.apply(ITEMS)),
        ModelTable.read(spark, place.apply(POPULARITY)));
  }
}
