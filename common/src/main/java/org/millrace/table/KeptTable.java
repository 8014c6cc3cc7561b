package org.millrace.table;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.AttributeMap$;
import org.apache.spark.sql.catalyst.plans.logical.Statistics;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.math.BigInt;

/**
 * A table that was computed and is kept until closed. A query of it sees a leaf of known size, not
 * what the table was computed from: a table cached by Spark brings its whole plan along, so that
 * plans of tables that are made of each other grow without end, and a job of many steps over few
 * rows is busy with plans. What a lost executor kept is computed again.
 */
public final class KeptTable implements AutoCloseable {
  private final PackedRows packed;
  private final Dataset<Row> rows;
  private final long count;

  private KeptTable(PackedRows packed, Dataset<Row> rows, long count) {
    this.packed = packed;
    this.rows = rows;
    this.count = count;
  }

  /** Computes a table. */
  public static KeptTable of(Dataset<Row> table) {
    return of(table.sparkSession(), InternalRows.of(table), table.schema());
  }

  /** Computes the rows of a table. */
  static KeptTable of(SparkSession spark, JavaRDD<InternalRow> rows, StructType schema) {
    PackedRows packed = PackedRows.of(rows, schema);
    try {
      PackedRows.Size size = packed.size();
      return new KeptTable(packed, leaf(spark, packed.rows(), schema, size), size.rows());
    } catch (Throwable e) { // Spark throws checked exceptions that no signature names.
      packed.close();
      throw e;
    }
  }

  /** Computes tables, one after another; all of them, or none is kept. */
  public static List<KeptTable> all(List<Dataset<Row>> tables) {
    List<KeptTable> kept = new ArrayList<>();
    try {
      for (Dataset<Row> table : tables) {
        kept.add(of(table));
      }
      return kept;
    } catch (Throwable e) {
      kept.forEach(KeptTable::close);
      throw e;
    }
  }

  /** Its size lets Spark send a small table to all executors rather than sort both sides. */
  private static Dataset<Row> leaf(
      SparkSession spark, JavaRDD<InternalRow> rows, StructType schema, PackedRows.Size size) {
    Statistics known =
        new Statistics(
            BigInt.apply(Math.max(1, size.bytes())),
            Option.apply(BigInt.apply(size.rows())),
            AttributeMap$.MODULE$.empty(),
            false);
    LogicalRDD bare = (LogicalRDD) InternalRows.table(spark, rows, schema).logicalPlan();
    return Dataset.ofRows(
        spark,
        new LogicalRDD(
            bare.output(),
            bare.rdd(),
            bare.outputPartitioning(),
            bare.outputOrdering(),
            false,
            spark,
            Option.apply(known),
            Option.empty()));
  }

  public Dataset<Row> rows() {
    return rows;
  }

  /** How many rows there are. */
  public long count() {
    return count;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** Lets go of the rows: whoever reads them then computes them again. */
  @Override
  public void close() {
    packed.close();
  }
}
