package org.millrace.features.text;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.language.FittedVectors;

/** MLlib's vectors as columns that any reader of Parquet understands. */
public final class VectorColumns {
  /** Names of the columns that are made of texts. */
  public static final List<String> NAMES = List.of("tokens", "vector", "terms", "weights");

  private static final DataType PLACES = DataTypes.createArrayType(DataTypes.IntegerType);
  private static final DataType WEIGHTS = DataTypes.createArrayType(DataTypes.DoubleType);
  private static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.FloatType);

  private VectorColumns() {}

  /**
   * Of sparse vectors the places that are not zero, and their numbers; of others all numbers. What
   * is not told is null.
   *
   * @param vector the column that is replaced
   */
  public static Dataset<Row> of(Dataset<Row> rows, String vector, FittedVectors made) {
    if (!made.sparse()) {
      return rows.withColumn("vector", vector_to_array(col(vector), "float32").cast(NUMBERS))
          .withColumn("terms", lit(null).cast(PLACES))
          .withColumn("weights", lit(null).cast(WEIGHTS))
          .drop(vector);
    }
    UDF1<Vector, int[]> places = v -> v.toSparse().indices();
    UDF1<Vector, double[]> weights = v -> v.toSparse().values();
    return rows.withColumn("vector", lit(null).cast(NUMBERS))
        .withColumn("terms", udf(places, PLACES).apply(col(vector)))
        .withColumn("weights", udf(weights, WEIGHTS).apply(col(vector)))
        .drop(vector);
  }

  /** Rows for which only words are made. */
  public static Dataset<Row> none(Dataset<Row> rows) {
    return rows.withColumn("vector", lit(null).cast(NUMBERS))
        .withColumn("terms", lit(null).cast(PLACES))
        .withColumn("weights", lit(null).cast(WEIGHTS));
  }
}
