package org.millrace.features.behaviour;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Events in the order of user and time, cut into partitions of about equal size wherever that is: a
 * user with very many events fills several partitions, so that no task has more to do than others.
 * Who goes over them minds that a user's events may go on in the next partition.
 */
final class SortedEvents {
  private SortedEvents() {}

  /**
   * Sorts.
   *
   * @param events columns user and micros, and others
   * @param tieBreakers columns that order events of one user and instant; these stay together
   */
  static Dataset<Row> of(Dataset<Row> events, String... tieBreakers) {
    Column[] order = new Column[2 + tieBreakers.length];
    order[0] = col("user");
    order[1] = col("micros");
    for (int i = 0; i < tieBreakers.length; i++) {
      order[2 + i] = col(tieBreakers[i]);
    }
    return events
        .repartitionByRange(partitions(events.sparkSession()), col("user"), col("micros"))
        .sortWithinPartitions(order);
  }

  private static int partitions(SparkSession spark) {
    int shuffle = Integer.parseInt(spark.conf().get("spark.sql.shuffle.partitions"));
    return Math.max(shuffle, 4 * spark.sparkContext().defaultParallelism());
  }
}
