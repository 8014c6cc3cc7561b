package org.millrace.recommend.input;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.eval.Holdout;
import org.millrace.eval.Roles;
import org.millrace.eval.Split;
import org.millrace.outcome.Stop;

/**
 * Rows to train on and rows to measure on, kept until closed. Equal rows and holdouts give equal
 * splits, whichever job trains on them.
 */
public record HeldOut(Split split) implements AutoCloseable {

  /**
   * Sets rows aside.
   *
   * @param rows columns user, item and, if timed, timestamp
   * @throws Stop exit 3 where one side is empty
   */
  public static HeldOut of(Dataset<Row> rows, Holdout holdout) {
    boolean timed = !(holdout instanceof Holdout.Fraction);
    List<String> keys = List.of("user", "item");
    Split split = holdout.split(rows, timed ? Roles.of(keys, "timestamp") : Roles.of(keys));
    HeldOut held =
        new HeldOut(
            new Split(
                split.train().persist(StorageLevel.MEMORY_AND_DISK()),
                split.test().persist(StorageLevel.MEMORY_AND_DISK())));
    if (held.train().isEmpty() || held.test().isEmpty()) {
      try (held) {
        throw Stop.contract(
            "%d rows are left to train on and %d to measure on; %s Give more rows or choose another holdout",
            held.train().count(), held.test().count(), holdout.describe());
      }
    }
    return held;
  }

  public Dataset<Row> train() {
    return split.train();
  }

  public Dataset<Row> test() {
    return split.test();
  }

  @Override
  public void close() {
    train().unpersist();
    test().unpersist();
  }
}
