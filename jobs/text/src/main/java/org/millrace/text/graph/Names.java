package org.millrace.text.graph;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.table.IdIndex;

/** Names numbered from 0 in their order, so that the same names always get the same numbers. */
public final class Names implements AutoCloseable {
  private final IdIndex index;
  private final Dataset<Row> rows;

  private Names(IdIndex index) {
    this.index = index;
    this.rows = index.rows().select(col("index").as("id"), col("id").as("name"));
  }

  /** Numbers the distinct values of a table's only column; kept until closed. */
  static Names of(Dataset<Row> names) {
    return new Names(IdIndex.of(names, names.columns()[0]));
  }

  /** Columns id and name. */
  public Dataset<Row> rows() {
    return rows;
  }

  public int count() {
    return index.size();
  }

  /** Adds a column with the numbers of the names in another; null where there is none. */
  Dataset<Row> number(Dataset<Row> table, String named, String numbered) {
    return table.join(
        rows.select(col("name").as(named), col("id").as(numbered)), new String[] {named}, "left");
  }

  @Override
  public void close() {
    index.close();
  }
}
