package org.millrace.recommend.content;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sparse vectors of named coordinates. */
final class UnitVectors {
  private UnitVectors() {}

  /**
   * The same directions with Euclidean length 1; those of length 0 are left out. Coordinates are
   * added in the order of their names, so that partitions change nothing.
   *
   * @param entries columns id, key, value (double); a pair of id and key once
   * @return the same columns
   */
  static Dataset<Row> of(Dataset<Row> entries) {
    return entries
        .groupBy("id")
        .agg(array_sort(collect_list(struct("key", "value"))).as("entries"))
        .withColumn("length", expr("sqrt(aggregate(entries, 0D, (s, e) -> s + e.value * e.value))"))
        .filter(col("length").gt(0))
        .select(col("id"), col("length"), explode(col("entries")).as("entry"))
        .select(
            col("id"),
            col("entry.key").as("key"),
            col("entry.value").divide(col("length")).as("value"));
  }
}
