package org.millrace.deep;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.Holdout;
import org.millrace.eval.Roles;
import org.millrace.eval.Split;
import org.millrace.table.CheckedTable;

/** Rows to learn from, to watch while learning, and to measure on. */
record Parts(Dataset<Row> train, Optional<Dataset<Row>> validation, Dataset<Row> test) {

  /** Divides a table, or the windows that are cut of it. */
  static Parts of(CheckedTable input, TrainConfig c) {
    Dataset<Row> rows = c.windows().map(w -> w.past(input.rows())).orElse(input.rows());
    Roles roles = roles(input, c);
    Split outer = split(c.holdout(), rows, roles, c);
    if (c.validation().isEmpty()) {
      return new Parts(outer.train(), Optional.empty(), outer.test());
    }
    Split inner = split(c.validation().get().again(), outer.train(), roles, c);
    return new Parts(inner.train(), Optional.of(inner.test()), outer.test());
  }

  private static Roles roles(CheckedTable input, TrainConfig c) {
    if (c.windows().isPresent()) {
      return new Roles(Windowed.keys(c.windows().get()), Optional.of(Windowed.TIME));
    }
    List<String> keys =
        c.keys().isEmpty()
            ? input.contract().keys().stream().findFirst().orElse(input.contract().fieldNames())
            : c.keys();
    return new Roles(keys, c.time());
  }

  private static Split split(Holdout holdout, Dataset<Row> rows, Roles roles, TrainConfig c) {
    Split split = holdout.split(rows, roles);
    return holdout instanceof Holdout.ByTime && c.windows().isPresent()
        ? Windowed.withoutOverlap(split, c.windows().get())
        : split;
  }
}
