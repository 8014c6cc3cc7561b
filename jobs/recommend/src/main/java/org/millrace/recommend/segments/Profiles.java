package org.millrace.recommend.segments;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.stddev_pop;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** What tells segments from all users. */
final class Profiles {
  private Profiles() {}

  /**
   * @param users columns segment and those named, doubles
   * @return columns segment, users, share, column, mean, mean_of_all, deviations: of the segment's
   *     mean from that of all, in standard deviations of all; 0 where all are equal
   */
  static Dataset<Row> of(Dataset<Row> users, List<String> columns) {
    String pairs =
        columns.stream()
            .map(c -> "'%s', `%s`".formatted(c.replace("'", "\\'"), c.replace("`", "``")))
            .collect(Collectors.joining(", "));
    Dataset<Row> values =
        users.select(
            col("segment"), expr("stack(%d, %s) as (column, x)".formatted(columns.size(), pairs)));
    Dataset<Row> all =
        values
            .groupBy("column")
            .agg(
                avg("x").as("mean_of_all"),
                stddev_pop("x").as("spread"),
                count(lit(1)).as("all_users"));
    return values
        .groupBy("segment", "column")
        .agg(count(lit(1)).as("users"), avg("x").as("mean"))
        .join(broadcast(all), "column")
        .select(
            col("segment"),
            col("users"),
            col("users").divide(col("all_users")).as("share"),
            col("column"),
            col("mean"),
            col("mean_of_all"),
            expr("if(spread > 0, (mean - mean_of_all) / spread, 0D)").as("deviations"));
  }

  /**
   * What segments have more often than all.
   *
   * @param users columns user, segment
   * @param events columns user, item; those of other users are left out
   * @param most items of a segment, those of the greatest lift
   * @param minUsers of a segment, who have an item
   * @return columns segment, rank (int), item, users, share (of the segment's users), share_of_all,
   *     lift (share / share_of_all)
   */
  static Dataset<Row> items(Dataset<Row> users, Dataset<Row> events, int most, long minUsers) {
    double everybody = users.count();
    Dataset<Row> had = events.select("user", "item").distinct().join(users, "user");
    Dataset<Row> sizes = users.groupBy("segment").agg(count(lit(1)).as("size"));
    Dataset<Row> ofAll =
        had.groupBy("item").agg(countDistinct("user").divide(lit(everybody)).as("share_of_all"));
    return had.groupBy("segment", "item")
        .agg(count(lit(1)).as("users"))
        .filter(col("users").geq(minUsers))
        .join(broadcast(sizes), "segment")
        .join(ofAll, "item")
        .withColumn("share", col("users").divide(col("size")))
        .withColumn("lift", col("share").divide(col("share_of_all")))
        .withColumn(
            "rank",
            row_number()
                .over(
                    Window.partitionBy("segment")
                        .orderBy(col("lift").desc(), col("users").desc(), col("item"))))
        .filter(col("rank").leq(most))
        .select("segment", "rank", "item", "users", "share", "share_of_all", "lift");
  }
}
