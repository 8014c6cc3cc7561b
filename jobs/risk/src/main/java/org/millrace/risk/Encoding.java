package org.millrace.risk;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.millrace.outcome.Stop;
import org.millrace.risk.features.EncodingFitter;
import org.millrace.risk.features.EncodingModel;
import org.millrace.risk.features.RowEncoder;
import org.millrace.risk.learn.Examples;

/** Turns labelled rows into examples. */
final class Encoding {
  /** Rows of a partition: what a task of a learner goes over. */
  private static final long PARTITION_ROWS = 50_000;

  private static final StructType SCHEMA =
      new StructType()
          .add(Examples.FEATURES, SQLDataTypes.VectorType(), false)
          .add(Examples.LABEL, DataTypes.DoubleType, false)
          .add(Examples.WEIGHT, DataTypes.DoubleType, false)
          .add(Examples.ID, DataTypes.LongType, false)
          .add(Examples.FOLD, DataTypes.IntegerType, false)
          .add(Examples.KNOWN, DataTypes.IntegerType, false);

  private Encoding() {}

  /** Where no row is left, nothing that is told of the rows is of any use. */
  static void requireRows(Dataset<Row> rows, TrainConfig config) {
    if (rows.isEmpty()) {
      throw Stop.contract(
          "no rows are left to train on; %s Give more rows or choose another holdout",
          config.holdout().describe());
    }
  }

  /**
   * Encodes rows once and keeps them, in an order and in partitions that depend on nothing but the
   * rows, so that what is learnt depends on nothing else either.
   */
  static Examples cached(Dataset<Row> rows, EncodingFitter.Encoded encoded, FittedLabel label) {
    long count = rows.count();
    int partitions = (int) Math.max(1, (count + PARTITION_ROWS - 1) / PARTITION_ROWS);
    RowEncoder.Bound usual = encoded.encoder().bind(rows.schema());
    Map<Integer, RowEncoder.Bound> byFold = new HashMap<>();
    encoded.byFold().forEach((of, encoder) -> byFold.put(of, encoder.bind(rows.schema())));
    int at = rows.schema().fieldIndex(Labelling.LABEL);
    int id = rows.schema().fieldIndex(Examples.ID);
    int fold = rows.schema().fieldIndex(Examples.FOLD);
    int known = rows.schema().fieldIndex(Examples.KNOWN);
    JavaRDD<Row> vectors =
        rows.javaRDD()
            .map(
                row ->
                    RowFactory.create(
                        EncodingModel.vector(byFold.getOrDefault(row.getInt(fold), usual), row),
                        row.getDouble(at),
                        1.0,
                        row.getLong(id),
                        row.getInt(fold),
                        row.getInt(known)));
    Dataset<Row> table =
        rows.sparkSession()
            .createDataFrame(vectors, SCHEMA)
            .repartition(partitions, org.apache.spark.sql.functions.col(Examples.ID))
            .sortWithinPartitions(Examples.ID)
            .persist(StorageLevel.MEMORY_AND_DISK());
    table.count();
    return new Examples(table, encoded.encoder().features(), label.task(), label.size());
  }
}
