package org.millrace.recommend.input;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.Holdout;
import org.millrace.eval.Roles;
import org.millrace.eval.Split;
import org.millrace.outcome.Stop;
import org.millrace.table.KeptTable;

/**
 * Rows to train on and rows to measure on, kept until closed. Equal rows and holdouts give equal
 * splits, whichever job trains on them.
 */
public final class HeldOut implements AutoCloseable {
  private final KeptTable train;
  private final KeptTable test;

  private HeldOut(KeptTable train, KeptTable test) {
    this.train = train;
    this.test = test;
  }

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
    List<KeptTable> sides = KeptTable.all(List.of(split.train(), split.test()));
    HeldOut held = new HeldOut(sides.get(0), sides.get(1));
    if (held.train.isEmpty() || held.test.isEmpty()) {
      try (held) {
        throw Stop.contract(
            "%d rows are left to train on and %d to measure on; %s Give more rows or choose another holdout",
            held.train().count(), held.test().count(), holdout.describe());
      }
    }
    return held;
  }

  public Split split() {
    return new Split(train(), test());
  }

  public Dataset<Row> train() {
    return train.rows();
  }

  public Dataset<Row> test() {
    return test.rows();
  }

  @Override
  public void close() {
    train.close();
    test.close();
  }
}
