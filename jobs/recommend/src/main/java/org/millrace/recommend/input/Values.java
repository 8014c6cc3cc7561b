package org.millrace.recommend.input;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.recommend.ExactSum;

/** What a pair of user and item weighs. */
public enum Values {
  /** 1: that the user had the item is all that counts. */
  BINARY,
  /** The rating, or the sum of the strengths. */
  AS_GIVEN,
  /** The rating less the user's mean: what they liked less than usual counts against. */
  CENTERED;

  /**
   * @param train columns user, item (string), rating (double)
   * @return columns user, item, value (float), a pair once
   */
  public Dataset<Row> weigh(Dataset<Row> train) {
    Dataset<Row> pairs = train.groupBy("user", "item").agg(ExactSum.of(col("rating")).as("rating"));
    Column value = this == BINARY ? lit(1.0) : col("rating");
    Dataset<Row> weighed = pairs.select(col("user"), col("item"), value.as("value"));
    if (this == CENTERED) {
      Dataset<Row> means =
          weighed
              .groupBy("user")
              .agg(avg(col("value").cast("decimal(20,9)")).cast("double").as("mean"));
      weighed =
          weighed
              .join(means, "user")
              .select(col("user"), col("item"), col("value").minus(col("mean")).as("value"));
    }
    return weighed.withColumn("value", col("value").cast("float"));
  }
}
