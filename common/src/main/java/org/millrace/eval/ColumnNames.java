package org.millrace.eval;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Columns by their whole names: Spark reads a dot in a name as a field of a structure. */
public final class ColumnNames {
  private ColumnNames() {}

  /** The column of this very name, of these rows. */
  public static Column column(Dataset<Row> rows, String name) {
    return rows.col(quoted(name));
  }

  /** The column of this very name, of whichever rows. */
  public static Column column(String name) {
    return functions.col(quoted(name));
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
