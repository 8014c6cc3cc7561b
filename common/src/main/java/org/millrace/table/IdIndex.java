package org.millrace.table;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A numbering of string ids by dense ints from 0, in the order of the ids' UTF-8 bytes: the same
 * set of ids always gets the same numbers, however it is partitioned. The numbering is made and
 * kept on the cluster until it is closed.
 */
public final class IdIndex implements AutoCloseable {

  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType, false)
          .add("index", DataTypes.IntegerType, false);

  private final KeptTable kept;

  private IdIndex(KeptTable kept) {
    this.kept = kept;
  }

  /**
   * Numbers the distinct values of a column; nulls get no number.
   *
   * @param column a string column of the table
   */
  public static IdIndex of(Dataset<Row> table, String column) {
    Dataset<Row> sorted = table.select(col(column).as("id")).na().drop().distinct().sort("id");
    JavaRDD<InternalRow> numbered =
        InternalRows.of(sorted)
            .zipWithIndex()
            .map(
                numberedId ->
                    new GenericInternalRow(
                        new Object[] {numberedId._1().getUTF8String(0), dense(numberedId._2())}));
    return new IdIndex(KeptTable.of(table.sparkSession(), numbered, SCHEMA));
  }

  /** Columns id (string) and index (int), one row an id. */
  public Dataset<Row> rows() {
    return kept.rows();
  }

  /** How many ids there are. */
  public int size() {
    return dense(kept.count());
  }

  @Override
  public void close() {
    kept.close();
  }

  /** Replaces the ids in a column by their numbers; rows whose id has none are dropped. */
  public Dataset<Row> encode(Dataset<Row> table, String column) {
    return replace(table, column, "id", "index");
  }

  /** Replaces the numbers in a column by their ids: the inverse of {@link #encode}. */
  public Dataset<Row> decode(Dataset<Row> table, String column) {
    return replace(table, column, "index", "id");
  }

  private Dataset<Row> replace(Dataset<Row> table, String column, String from, String to) {
    Dataset<Row> replacements = rows().select(col(from).as(column), col(to).as("replacement"));
    Dataset<Row> joined = table.join(replacements, column);
    return joined.withColumn(column, col("replacement")).drop("replacement");
  }

  private static int dense(long index) {
    if (index > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "More than " + Integer.MAX_VALUE + " different ids cannot be numbered by ints.");
    }
    return (int) index;
  }
}
