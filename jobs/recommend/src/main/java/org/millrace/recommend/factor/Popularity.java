package org.millrace.recommend.factor;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.recommend.ExactSum;
import org.millrace.recommend.input.Feedback;

/**
 * The same list for everybody, most popular item first: what personal lists must beat, and what
 * serves a user of whom nothing is known. It is a factor model of rank 1 (a user is 1, an item its
 * weight), so that the top-K engine serves it too. Weights are exact up to 2^24 and rounded to
 * float above.
 */
public final class Popularity {

  private Popularity() {}

  /**
   * @param train columns user, item (string), rating (double) and, for feedback with a half-life,
   *     timestamp
   * @return a model that caches until it is closed
   */
  public static FactorModel fit(Dataset<Row> train, Feedback feedback) {
    Dataset<Row> ratings = feedback.prepare(train);
    Dataset<Row> weights = weights(ratings, feedback);
    return FactorModel.materialized(
        vectors(ratings.select(col("user").as("id")).distinct().withColumn("weight", lit(1))),
        vectors(weights),
        weights);
  }

  /**
   * @param ratings as prepared by the feedback
   * @return columns id (string), weight (double)
   */
  public static Dataset<Row> weights(Dataset<Row> ratings, Feedback feedback) {
    return ratings
        .groupBy(col("item").as("id"))
        .agg(
            (feedback instanceof Feedback.Explicit
                    ? count(lit(1)).cast("double")
                    : ExactSum.of(col("rating")))
                .as("weight"));
  }

  /**
   * The number of rows of each item.
   *
   * @param rows columns user, item (string) and rating
   * @return columns id (string), weight (double)
   */
  public static Dataset<Row> counts(Dataset<Row> rows) {
    return weights(Feedback.COUNTED.prepare(rows), Feedback.COUNTED);
  }

  /**
   * Users of rank 1 for ids that a model does not know.
   *
   * @param ids column id (string)
   * @return columns id, features, to be used with the items of {@link #fit}
   */
  public static Dataset<Row> users(Dataset<Row> ids) {
    return vectors(ids.select(col("id"), lit(1).as("weight")));
  }

  /**
   * Items of rank 1 from the weights of a stored model.
   *
   * @param popularity columns id (string), weight (double)
   * @return columns id, features
   */
  public static Dataset<Row> items(Dataset<Row> popularity) {
    return vectors(popularity);
  }

  private static Dataset<Row> vectors(Dataset<Row> weights) {
    return weights.select(col("id"), array(col("weight").cast("float")).as("features"));
  }
}
