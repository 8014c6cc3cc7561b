package org.millrace.risk;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.millrace.eval.ColumnNames;
import org.millrace.job.Run;
import org.millrace.outcome.Stop;
import org.millrace.risk.learn.Examples;
import org.millrace.risk.time.TimeOptions;
import org.millrace.table.CheckedTable;

/** The rows of a table that have a label, with the label as a number. */
final class Labelling {
  /** Columns of tables may be named as the columns of examples are. */
  static final String LABEL = "__label";

  private final Run run;
  private final CheckedTable input;
  private final TrainConfig config;

  Labelling(Run run, CheckedTable input, TrainConfig config) {
    this.run = run;
    this.input = input;
    this.config = config;
  }

  /** Rows without a label are refused. */
  Dataset<Row> rows() {
    Dataset<Row> rows = input.rows();
    String column = config.label().name();
    Column label = ColumnNames.column(rows, column);
    Column none = label.isNull();
    if (rows.schema().apply(column).dataType() instanceof NumericType) {
      Column value = label.cast("double");
      none = none.or(isnan(value)).or(abs(value).equalTo(lit(Double.POSITIVE_INFINITY)));
    }
    Column unlabelled = none;
    long refused =
        run.step(
            "look for rows without a label",
            () ->
                run.refuse(
                    input.name(),
                    rows.filter(unlabelled),
                    column + ".label",
                    "a label: a value that is there and finite"));
    Dataset<Row> labelled = refused == 0 ? rows : rows.filter(unlabelled.equalTo(false));
    if (refused > 0 && labelled.isEmpty()) {
      throw Stop.contract("no row of %s has a label in column %s", input.name(), column);
    }
    return labelled;
  }

  /**
   * With the label as a number in {@link #LABEL} and the row's own number in id.
   *
   * @param series tells on what scale the number is learnt; absent for its own
   */
  static Dataset<Row> numbered(
      Dataset<Row> rows, CheckedTable input, FittedLabel label, Optional<TimeOptions> series) {
    Column number = label.asNumber(ColumnNames.column(rows, label.column()));
    return identified(rows, input)
        .withColumn(LABEL, series.map(s -> s.learnt(number)).orElse(number));
  }

  /** With the row's own number in id. */
  static Dataset<Row> identified(Dataset<Row> rows, CheckedTable input) {
    List<String> key = input.contract().keys().stream().findFirst().orElse(List.of());
    List<String> identity = key.isEmpty() ? List.of(rows.columns()) : key;
    Column[] hashed =
        identity.stream().map(k -> ColumnNames.column(rows, k)).toArray(Column[]::new);
    return rows.withColumn(Examples.ID, xxhash64(hashed));
  }
}
