package org.millrace.recommend.input;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.job.Run;
import org.millrace.table.CheckedTable;

/** Ratings or events, as all trainers of this family take them. */
public final class Interactions {
  private Interactions() {}

  /**
   * Columns user, item, rating (double; an event without a strength counts 1) and timestamp (null
   * where the contract has none).
   */
  public static Dataset<Row> of(CheckedTable input) {
    return of(input, input.rows());
  }

  private static Dataset<Row> of(CheckedTable input, Dataset<Row> rows) {
    boolean hasRating = input.contract().field("rating").isPresent();
    boolean hasTime = input.contract().field("timestamp").isPresent();
    return rows.select(
        col("user"),
        col("item"),
        (hasRating ? coalesce(col("rating"), lit(1.0)) : lit(1.0)).cast("double").as("rating"),
        (hasTime ? col("timestamp") : lit(null)).cast("timestamp").as("timestamp"));
  }

  /** The same, where a row without a rating says nothing: it is refused. */
  public static Dataset<Row> rated(Run run, CheckedTable input) {
    if (input.contract().field("rating").orElseThrow().required()) {
      return of(input);
    }
    run.refuse(
        input.name(),
        input.rows().filter(col("rating").isNull()),
        "rating.required",
        "a row with a rating, since feedback is explicit");
    return of(input, input.rows().filter(col("rating").isNotNull()));
  }
}
