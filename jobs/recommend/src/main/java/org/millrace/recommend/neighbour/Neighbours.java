package org.millrace.recommend.neighbour;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.recommend.input.Values;
import org.millrace.recommend.sparse.SparseModel;
import org.millrace.recommend.sparse.UnitRows;
import org.millrace.table.IdIndex;
import org.millrace.table.KeptTable;

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

  /**
   * @param train columns user, item (string), rating (double)
   * @param popularity columns id (item), weight (double)
   * @return a model that caches until it is closed
   */
  public SparseModel fit(Dataset<Row> train, Dataset<Row> popularity) {
    boolean ofItems = between == Between.ITEMS;
    try (IdIndex compared = IdIndex.of(train, ofItems ? "item" : "user");
        IdIndex by = IdIndex.of(train, ofItems ? "user" : "item");
        KeptTable weighed = KeptTable.of(values.weigh(train));
        KeptTable unit = KeptTable.of(unit(weighed.rows(), compared, by))) {
      NeighbourSearch.Found found =
          search.among(unit.rows(), compared.size(), by.size(), similarity);
      Dataset<Row> similar = named(found.rows(), compared);
      Dataset<Row> had =
          weighed
              .rows()
              .groupBy(col("user").as("id"))
              .agg(array_sort(collect_list(struct("item", "value"))).as("entries"))
              .select(
                  col("id"), col("entries.item").as("items"), col("entries.value").as("values"));
      return ofItems
          ? SparseModel.materialized(
              had.select(col("id"), col("items").as("keys"), col("values").as("weights")),
              similar,
              popularity,
              found::close)
          : SparseModel.materialized(
              similar.select(col("id"), col("items").as("keys"), col("values").as("weights")),
              had,
              popularity,
              found::close);
    }
  }

  private Dataset<Row> unit(Dataset<Row> weighed, IdIndex compared, IdIndex by) {
    boolean ofItems = between == Between.ITEMS;
    Dataset<Row> entries =
        weighed.select(
            col(ofItems ? "item" : "user").as("row"),
            col(ofItems ? "user" : "item").as("column"),
            col("value"));
    return UnitRows.of(
        by.encode(compared.encode(entries, "row"), "column")
            .select(col("row"), col("column"), col("value")));
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
}
