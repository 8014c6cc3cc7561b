package org.millrace.recommend.content;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Weighs what few items have higher than what many have. */
final class Rarity {
  private Rarity() {}

  /**
   * Multiplies by log((items + 1) / (items with the key + 1)), as MLlib's IDF; keys that all items
   * have are left out.
   *
   * @param entries columns id, key (empty ones are left out), value; a pair of id and key once
   */
  static Dataset<Row> weighed(Dataset<Row> entries, long items) {
    Dataset<Row> named = entries.filter(col("key").notEqual(""));
    Dataset<Row> rarity =
        named
            .groupBy("key")
            .agg(log(lit(items + 1.0).divide(count(lit(1)).plus(1.0))).as("rarity"))
            .filter(col("rarity").gt(0));
    return named
        .join(rarity, "key")
        .select(col("id"), col("key"), col("value").multiply(col("rarity")).as("value"));
  }
}
