package org.millrace.recommend.content;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.recommend.ExactSum;
import org.millrace.recommend.input.Values;
import org.millrace.recommend.sparse.SparseModel;
import org.millrace.table.KeptTable;

/**
 * Fits a recommender by what items are: an item is a vector of its features, a user the sum of the
 * vectors of what they had, and the score is the cosine of both (Pazzani and Billsus, Content-based
 * recommendation systems, in The Adaptive Web, 2007). Items that nobody had yet can be recommended.
 *
 * @param features not empty
 * @param values what an item that a user had weighs in the user's vector
 */
public record Content(List<ItemFeature> features, Values values) {

  /**
   * @param train columns user, item (string), rating (double)
   * @param items columns item (string, unique) and those of the features
   * @param popularity columns id (item), weight (double)
   * @return a model that caches until it is closed; its keys are features, its rows their items
   */
  public SparseModel fit(Dataset<Row> train, Dataset<Row> items, Dataset<Row> popularity) {
    KeptTable kept = KeptTable.of(vectors(items));
    try {
      Dataset<Row> vectors = kept.rows();
      Dataset<Row> profiles =
          UnitVectors.of(
              values
                  .weigh(train)
                  .select(col("user"), col("item"), col("value").cast("double").as("weight"))
                  .join(vectors.withColumnRenamed("id", "item"), "item")
                  .groupBy(col("user").as("id"), col("key"))
                  .agg(ExactSum.of(col("weight").multiply(col("value"))).as("value"))
                  .filter(col("value").notEqual(0)));
      return SparseModel.materialized(
          gathered(profiles, "id", "key").toDF("id", "keys", "weights"),
          gathered(vectors, "key", "id").toDF("id", "items", "values"),
          withNewItems(popularity, items),
          kept::close);
    } catch (Throwable e) {
      kept.close();
      throw e;
    }
  }

  /** Columns id (item), key, value: vectors of length 1. */
  Dataset<Row> vectors(Dataset<Row> items) {
    return UnitVectors.of(
        features.stream().map(f -> f.block(items)).reduce(Dataset::union).orElseThrow());
  }

  private static Dataset<Row> gathered(Dataset<Row> entries, String by, String of) {
    return entries
        .groupBy(col(by))
        .agg(
            array_sort(collect_list(struct(col(of), col("value").cast("float").as("value"))))
                .as("entries"))
        .select(col(by), col("entries." + of), col("entries.value"));
  }

  /** Items that nobody had come last. */
  private static Dataset<Row> withNewItems(Dataset<Row> popularity, Dataset<Row> items) {
    return popularity
        .join(items.select(col("item").as("id")), new String[] {"id"}, "full_outer")
        .select(col("id"), coalesce(col("weight"), lit(0.0)).as("weight"));
  }
}
