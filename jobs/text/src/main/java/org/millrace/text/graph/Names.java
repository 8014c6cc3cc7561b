package org.millrace.text.graph;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** Names numbered from 0 in their order, so that the same names always get the same numbers. */
public final class Names implements AutoCloseable {
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.IntegerType, false)
          .add("name", DataTypes.StringType, false);

  private final Dataset<Row> rows;
  private final int count;

  private Names(Dataset<Row> rows) {
    this.rows = rows.persist(StorageLevel.MEMORY_AND_DISK());
    this.count = Math.toIntExact(this.rows.count());
  }

  /** Numbers the distinct values of a table's only column; kept until closed. */
  static Names of(Dataset<Row> names) {
    JavaRDD<Row> numbered =
        names
            .distinct()
            .sort(names.columns()[0])
            .javaRDD()
            .zipWithIndex()
            .map(n -> RowFactory.create(Math.toIntExact(n._2()), n._1().getString(0)));
    return new Names(names.sparkSession().createDataFrame(numbered, SCHEMA));
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
