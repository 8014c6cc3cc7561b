package org.millrace.text.graph;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.table.IdIndex;

/** Names numbered from 0 in their order, so that the same names always get the same numbers. */
public final class Names implements AutoCloseable {
  private final Dataset<Row> rows;
  private final int count;

  private Names(Dataset<Row> rows) {
    this.rows = rows.persist(StorageLevel.MEMORY_AND_DISK());
    this.count = Math.toIntExact(this.rows.count());
  }

  /** Numbers the distinct values of a table's only column; kept until closed. */
  static Names of(Dataset<Row> names) {
    Dataset<Row> numbered = IdIndex.of(names, names.columns()[0]).rows();
    return new Names(numbered.select(col("index").as("id"), col("id").as("name")));
  }

  /** Columns id and name. */
  public Dataset<Row> rows() {
    return rows;
  }

  public int count() {
    return count;
  }

  /** Adds a column with the numbers of the names in another; null where there is none. */
  Dataset<Row> number(Dataset<Row> table, String named, String numbered) {
    return table.join(
        rows.select(col("name").as(named), col("id").as(numbered)), new String[] {named}, "left");
  }

  @Override
  public void close() {
    rows.unpersist();
  }
}
