package org.millrace.recommend.content;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.millrace.config.Check;
import org.millrace.eval.ColumnNames;
import org.millrace.outcome.Stop;
import org.millrace.table.CheckedTable;

/**
 * A column of the items that makes some alike.
 *
 * @param weight its share in the cosine of two items that have all columns, beside the other
 *     weights
 */
public record ItemFeature(String column, double weight, Encoding as) {
  public ItemFeature {
    Check.that(!column.isBlank(), "column", column, "a column of the items' contract");
    Check.that(weight > 0 && weight <= 1e6, "weight", weight, "a number above 0, at most 1e6");
  }

  /** Checks the keys of a list of features. */
  public static void check(List<ItemFeature> features) {
    Check.that(!features.isEmpty(), "features", features, "at least one column of the items");
    List<String> columns = features.stream().map(ItemFeature::column).toList();
    Check.that(
        columns.stream().distinct().count() == columns.size(),
        "features",
        columns,
        "each column once");
  }

  /**
   * @throws Stop exit 2 where the contract's column is not of the type that the encoding takes
   */
  public void check(CheckedTable items) {
    var type = items.contract().field(column).orElseThrow().type().spark();
    if (as.isNumeric() && !(type instanceof NumericType)) {
      throw Stop.usage(
          "features: column %s of contract %s is %s; accepted: a number. Encode it as category, categories or text",
          column, items.contract().id(), type.simpleString());
    }
  }

  /**
   * Of items that have a value: a vector of length sqrt(weight).
   *
   * @param items column item and the feature's own
   * @return columns id, key, value
   */
  Dataset<Row> block(Dataset<Row> items) {
    Dataset<Row> values =
        items
            .select(col("item").as("id"), ColumnNames.column(column).as("value"))
            .filter(col("value").isNotNull());
    return UnitVectors.of(as.coordinates(values))
        .select(
            col("id"),
            concat(lit(column + "="), col("key")).as("key"),
            col("value").multiply(Math.sqrt(weight)).as("value"));
  }
}
