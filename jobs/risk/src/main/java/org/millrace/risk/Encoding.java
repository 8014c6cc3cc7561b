package org.millrace.risk;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.outcome.Stop;
import org.millrace.risk.features.EncodedRows;
import org.millrace.risk.features.EncodingFitter;
import org.millrace.risk.learn.Examples;

/** Turns labelled rows into examples. */
final class Encoding {
  /** Rows of a partition: what a task of a learner goes over. */
  private static final long PARTITION_ROWS = 50_000;

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
    Dataset<Row> table =
        EncodedRows.of(
                rows,
                Examples.FEATURES,
                encoded.encoder(),
                encoded.byFold(),
                Examples.FOLD,
                List.of(Labelling.LABEL, Examples.ID, Examples.FOLD, Examples.KNOWN))
            .select(
                col(Examples.FEATURES),
                col(Labelling.LABEL).as(Examples.LABEL),
                lit(1.0).as(Examples.WEIGHT),
                col(Examples.ID),
                col(Examples.FOLD),
                col(Examples.KNOWN))
            .repartition(partitions, col(Examples.ID))
            .sortWithinPartitions(Examples.ID)
            .persist(StorageLevel.MEMORY_AND_DISK());
    table.count();
    return new Examples(table, encoded.encoder().features(), label.task(), label.size());
  }
}
