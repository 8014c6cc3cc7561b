package org.millrace.table;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;

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
   * The rows of a table for those who read each once and keep none: where the table is a plain scan
   * of a columnar file, they are views of its columns, and nothing is written in between.
   */
  public static JavaRDD<InternalRow> passing(Dataset<Row> table) {
    return columns(table.queryExecution().executedPlan())
        .map(scan -> scan.executeColumnar().toJavaRDD().mapPartitions(Views::new))
        .orElseGet(() -> of(table));
  }

  /** The scan, where a plan does nothing but turn its columns into rows. */
  private static Optional<SparkPlan> columns(SparkPlan plan) {
    SparkPlan top = plan instanceof WholeStageCodegenExec stage ? stage.child() : plan;
    if (!(top instanceof ColumnarToRowExec rows)) {
      return Optional.empty();
    }
    return Optional.of(rows.child() instanceof InputAdapter input ? input.child() : rows.child());
  }

  /** The rows of batches of columns, one after the other. */
  private static final class Views implements Iterator<InternalRow> {
    private final Iterator<ColumnarBatch> batches;
    private Iterator<InternalRow> rows = Collections.emptyIterator();

    Views(Iterator<ColumnarBatch> batches) {
      this.batches = batches;
    }

    @Override
    public boolean hasNext() {
      while (!rows.hasNext() && batches.hasNext()) {
        rows = batches.next().rowIterator();
      }
      return rows.hasNext();
    }

    @Override
    public InternalRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return rows.next();
    }
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
    return table(table.sparkSession(), of(table).mapPartitions(change), schema);
  }

  /** A table of rows as Spark itself holds them. */
  public static Dataset<Row> table(
      SparkSession spark, JavaRDD<InternalRow> rows, StructType schema) {
    return spark.internalCreateDataFrame(rows.rdd(), schema, false);
  }
}
