package org.millrace.risk.boost;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Rows that all tasks of a job pack for one reader in the same process: where executors are threads
 * of the driver, nothing is sent or serialized.
 */
final class Gathering {
  private static final ConcurrentMap<String, ConcurrentSkipListMap<Integer, Packs>> OPEN =
      new ConcurrentHashMap<>();

  private Gathering() {}

  /**
   * Packs the rows of all partitions at once.
   *
   * @return packs of each partition, in their order; the caller closes them
   */
  static List<Packs> of(JavaRDD<InternalRow> rows, int width) {
    String name = UUID.randomUUID().toString();
    OPEN.put(name, new ConcurrentSkipListMap<>());
    try {
      rows.mapPartitionsWithIndex(
              (index, partition) -> {
                hand(name, index, Packs.of(partition, width));
                return List.<Integer>of().iterator();
              },
              false)
          .count();
      return new ArrayList<>(OPEN.get(name).values());
    } catch (Throwable e) {
      OPEN.get(name).values().forEach(Packs::close);
      throw e;
    } finally {
      OPEN.remove(name);
    }
  }

  /** A task may run again, and the job may have ended without it. */
  private static void hand(String name, int partition, Packs packs) {
    ConcurrentSkipListMap<Integer, Packs> gathered = OPEN.get(name);
    Packs replaced = gathered == null ? packs : gathered.put(partition, packs);
    if (replaced != null) {
      replaced.close();
    }
  }
}
