package org.millrace.eval;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Columns by their whole names: Spark reads a dot in a name as a field of a structure. */
public final class ColumnNames {
  private ColumnNames() {}

  /** The column of this very name. */
  public static Column column(Dataset<Row> rows, String name) {
    return rows.col("`" + name.replace("`", "``") + "`");
  }
}
