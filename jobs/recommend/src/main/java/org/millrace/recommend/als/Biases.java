package org.millrace.recommend.als;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.recommend.ExactSum;

/**
 * What a rating tells before any taste is known: the global mean, how far an item lies from it, and
 * how far a user lies from the mean and the items they rated. Both deviations are shrunk towards 0,
 * so that a single rating moves little: b = sum of deviations / (ratings + shrinkage). Estimated in
 * that order, after Koren, Factor in the neighbors, ACM TKDD 4(1), 2010, section 2.1.
 */
final class Biases {

  private final double mean;
  private final Dataset<Row> users;
  private final Dataset<Row> items;

  private Biases(double mean, Dataset<Row> users, Dataset<Row> items) {
    this.mean = mean;
    this.users = users;
    this.items = items;
  }

  /**
   * @param ratings columns user, item (any type that compares), rating (double); read three times
   */
  static Biases fit(Dataset<Row> ratings, double shrinkage) {
    Row total = ratings.agg(ExactSum.of(col("rating")), count(lit(1))).first();
    double mean = total.getLong(1) == 0 ? 0 : total.getDouble(0) / total.getLong(1);
    Dataset<Row> items =
        ratings
            .groupBy("item")
            .agg(shrunkMean(col("rating").minus(mean), shrinkage).as("itemBias"));
    Dataset<Row> users =
        ratings
            .join(items, "item")
            .groupBy("user")
            .agg(
                shrunkMean(col("rating").minus(mean).minus(col("itemBias")), shrinkage)
                    .as("userBias"));
    return new Biases(mean, users, items);
  }

  /** The ratings of the fit, each less what the biases explain of it. */
  Dataset<Row> residuals(Dataset<Row> ratings) {
    Column unexplained = col("rating").minus(mean).minus(col("itemBias")).minus(col("userBias"));
    return ratings
        .join(items, "item")
        .join(users, "user")
        .select(col("user"), col("item"), unexplained.as("rating"));
  }

  /** Appends (mean + user bias, 1) to each user's features: columns id, features. */
  Dataset<Row> extendUsers(Dataset<Row> factors) {
    return extend(
        factors.join(users.withColumnRenamed("user", "id"), "id"),
        col("userBias").plus(mean),
        lit(1));
  }

  /** Appends (1, item bias) to each item's features: columns id, features. */
  Dataset<Row> extendItems(Dataset<Row> factors) {
    return extend(
        factors.join(items.withColumnRenamed("item", "id"), "id"), lit(1), col("itemBias"));
  }

  private static Dataset<Row> extend(Dataset<Row> factors, Column first, Column second) {
    Column extension = array(first.cast("float"), second.cast("float"));
    return factors.select(col("id"), concat(col("features"), extension).as("features"));
  }

  private static Column shrunkMean(Column deviations, double shrinkage) {
    return ExactSum.of(deviations).divide(count(lit(1)).plus(shrinkage));
  }
}
