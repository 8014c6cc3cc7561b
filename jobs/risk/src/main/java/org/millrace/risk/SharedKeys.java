package org.millrace.risk;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.ColumnNames;
import org.millrace.eval.Holdout;
import org.millrace.eval.Split;
import org.millrace.risk.choose.Folds;
import org.millrace.table.Contract;

/**
 * Warns where rows of one key, such as a customer, are both learnt from and measured on: what a
 * model remembers of a key then looks like what it knows.
 */
final class SharedKeys {
  private SharedKeys() {}

  static List<String> warnings(Split split, Contract contract, TrainConfig c) {
    List<String> warnings = new ArrayList<>();
    if (c.keys().isEmpty() || contract.keys().contains(c.keys())) {
      return warnings; // No two rows share a key of the contract.
    }
    String keys = String.join(", ", c.keys());
    if (c.holdout() instanceof Holdout.ByTime) {
      long shared = shared(split.train(), split.test(), c.keys());
      if (shared > 0) {
        warnings.add(
            "%d of %d held-out rows have a %s that training rows have too: the metrics tell how well keys are known that"
                    .formatted(shared, split.test().count(), keys)
                + " have been seen; for others hold out by holdout.kind = fraction, which keeps the rows of a key together");
      }
    }
    if (c.choose() instanceof Folds.Random || c.choose() instanceof Folds.Split) {
      warnings.add(
          "keys names %s, but choose divides the rows of one %s among folds: name it in choose.grouped.columns with"
                  .formatted(keys, keys)
              + " choose.kind = grouped, or candidates that remember keys look better than they are");
    }
    return warnings;
  }

  /** Test rows whose key is that of a train row; one without a value has no key. */
  static long shared(Dataset<Row> train, Dataset<Row> test, List<String> keys) {
    Dataset<Row> seen = train.select(columns(train, keys)).distinct();
    Dataset<Row> asked = test.select(columns(test, keys));
    Column same =
        keys.stream()
            .map(k -> ColumnNames.column(asked, k).equalTo(ColumnNames.column(seen, k)))
            .reduce(Column::and)
            .orElseThrow();
    return asked.join(seen, same, "left_semi").count();
  }

  private static Column[] columns(Dataset<Row> rows, List<String> keys) {
    return keys.stream().map(k -> ColumnNames.column(rows, k).as(k)).toArray(Column[]::new);
  }
}
