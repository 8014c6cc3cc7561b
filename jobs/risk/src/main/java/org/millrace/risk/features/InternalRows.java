package org.millrace.risk.features;

import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Tables as Spark itself holds them: neither an object for a row nor one for a value of it is made.
 */
public final class InternalRows {
  private InternalRows() {}

  /** The rows of a table; Spark fills a row again for the next one. */
  public static JavaRDD<InternalRow> of(Dataset<Row> table) {
    return table.queryExecution().toRdd().toJavaRDD();
  }

  /**
   * A table of what becomes of another's partitions.
   *
   * @param change what it gives may be filled again for the next row
   * @param schema of what it gives
   */
  public static Dataset<Row> map(
      Dataset<Row> table,
      StructType schema,
      FlatMapFunction<Iterator<InternalRow>, InternalRow> change) {
    return table
        .sparkSession()
        .internalCreateDataFrame(of(table).mapPartitions(change).rdd(), schema, false);
  }
}
