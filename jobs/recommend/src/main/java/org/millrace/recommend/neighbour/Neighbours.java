package org.millrace.recommend.neighbour;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.recommend.IdIndex;

/**
 * Fits a recommender by nearest neighbours.
 *
 * @param between what is compared with what
 * @param values what a pair of user and item weighs
 */
public record Neighbours(
    Between between, Values values, Similarity similarity, NeighbourSearch search) {

  /** What is compared with what. */
  public enum Between {
    /** Items are alike where the same users had them. */
    ITEMS,
    /** Users are alike where they had the same items. */
    USERS
  }

  /** What a pair of user and item weighs. */
  public enum Values {
    /** 1: that the user had the item is all that counts. */
    BINARY,
    /** The rating, or the sum of the strengths. */
    AS_GIVEN,
    /** The rating less the user's mean: what they liked less than usual counts against. */
    CENTERED
  }

  /**
   * @param train columns user, item (string), rating (double)
   * @param popularity columns id (item), weight (double)
   * @return a model that caches until it is closed
   */
  public NeighbourModel fit(Dataset<Row> train, Dataset<Row> popularity) {
    IdIndex users = IdIndex.of(train, "user");
    IdIndex items = IdIndex.of(train, "item");
    Dataset<Row> weighed = weighed(train).persist(StorageLevel.MEMORY_AND_DISK());
    boolean ofItems = between == Between.ITEMS;
    IdIndex compared = ofItems ? items : users;
    IdIndex by = ofItems ? users : items;
    Dataset<Row> unit =
        UnitRows.of(
                by.encode(
                        compared.encode(
                            weighed.select(
                                col(ofItems ? "item" : "user").as("row"),
                                col(ofItems ? "user" : "item").as("column"),
                                col("value")),
                            "row"),
                        "column")
                    .select(col("row"), col("column"), col("value")))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      NeighbourSearch.Found found = search.among(unit, count(compared), count(by), similarity);
      Dataset<Row> similar = named(found.rows(), compared);
      Dataset<Row> had =
          weighed
              .groupBy(col("user").as("id"))
              .agg(array_sort(collect_list(struct("item", "value"))).as("entries"))
              .select(
                  col("id"), col("entries.item").as("items"), col("entries.value").as("values"));
      return ofItems
          ? NeighbourModel.materialized(
              had.select(col("id"), col("items").as("keys"), col("values").as("weights")),
              similar,
              popularity,
              found)
          : NeighbourModel.materialized(
              similar.select(col("id"), col("items").as("keys"), col("values").as("weights")),
              had,
              popularity,
              found);
    } finally {
      unit.unpersist();
      weighed.unpersist();
    }
  }

  /** Columns user, item, value (float), a pair once. */
  private Dataset<Row> weighed(Dataset<Row> train) {
    Dataset<Row> pairs =
        train
            .groupBy("user", "item")
            .agg(sum(col("rating").cast("decimal(38,18)")).cast("double").as("rating"));
    Column value =
        switch (values) {
          case BINARY -> lit(1.0);
          case AS_GIVEN, CENTERED -> col("rating");
        };
    Dataset<Row> weighed = pairs.select(col("user"), col("item"), value.as("value"));
    if (values == Values.CENTERED) {
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

  /** Columns id, items (ids), values, in the order of the numbers' table. */
  private static Dataset<Row> named(Dataset<Row> found, IdIndex index) {
    Dataset<Row> entries =
        index.decode(
            index.decode(
                found
                    .select(
                        col("row").as("id"),
                        explode(arrays_zip(col("columns"), col("values"))).as("entry"))
                    .select(
                        col("id"),
                        col("entry.columns").as("other"),
                        col("entry.values").as("value")),
                "id"),
            "other");
    return entries
        .groupBy("id")
        .agg(
            expr("array_sort(collect_list(struct(-value as distance, other, value)))")
                .as("entries"))
        .select(col("id"), col("entries.other").as("items"), col("entries.value").as("values"));
  }

  private static int count(IdIndex index) {
    return Math.toIntExact(index.rows().count());
  }
}
