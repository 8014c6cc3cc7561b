package org.millrace.recommend.sparse;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Sparse matrices as tables with a row of two arrays for each row of the matrix. */
public final class UnitRows {
  public static final StructType SCHEMA =
      new StructType()
          .add("row", DataTypes.IntegerType, false)
          .add("columns", DataTypes.createArrayType(DataTypes.IntegerType, false), false)
          .add("values", DataTypes.createArrayType(DataTypes.FloatType, false), false);

  private UnitRows() {}

  /**
   * Rows of Euclidean length 1; those of length 0 are left out.
   *
   * @param entries columns row, column (int), value (float), a pair of row and column once
   * @return columns row, columns (ascending), values
   */
  public static Dataset<Row> of(Dataset<Row> entries) {
    MapFunction<Row, Row> normalize = UnitRows::normalized;
    return gathered(entries)
        .map(normalize, Encoders.row(SCHEMA))
        .filter(size(col("columns")).gt(0));
  }

  /** Columns row, columns (ascending), values of the entries' matrix. */
  static Dataset<Row> gathered(Dataset<Row> entries) {
    return entries
        .groupBy("row")
        .agg(array_sort(collect_list(struct("column", "value"))).as("entries"))
        .select(col("row"), col("entries.column").as("columns"), col("entries.value").as("values"));
  }

  /** The same matrix with rows and columns exchanged. */
  public static Dataset<Row> transposed(Dataset<Row> rows) {
    return gathered(
        entries(rows).select(col("column").as("row"), col("row").as("column"), col("value")));
  }

  /** Columns row, column, value. */
  static Dataset<Row> entries(Dataset<Row> rows) {
    return rows.select(col("row"), explode(arrays_zip(col("columns"), col("values"))).as("entry"))
        .select(col("row"), col("entry.columns").as("column"), col("entry.values").as("value"));
  }

  /** In a fixed order, so that equal rows have equal lengths to the last bit. */
  private static Row normalized(Row row) {
    int[] columns = Entries.ints(row, 1);
    float[] values = Entries.floats(row, 2);
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    if (squares == 0) {
      return RowFactory.create(row.getInt(0), new int[0], new float[0]);
    }
    double length = Math.sqrt(squares);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] / length);
    }
    return RowFactory.create(row.getInt(0), columns, values);
  }
}
