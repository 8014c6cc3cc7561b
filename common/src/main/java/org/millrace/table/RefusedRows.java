package org.millrace.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.report.RunReport.RuleReport;

/** Rows that kept their contract and of which a job could make nothing, with the reason. */
public final class RefusedRows implements RejectSource {
  private final Guard guard;

  private RefusedRows(Guard guard) {
    this.guard = guard;
  }

  /**
   * Writes all rows down as rejected, each with the sentence in its column {@value RowCheck#REASON}
   * where it has one.
   *
   * @param rule such as {@code user.no-item-left}
   * @param accepted what the rows should have been, to follow "must be"
   */
  static RefusedRows of(
      Dataset<Row> rows, String name, String rule, String accepted, String runId, Path directory) {
    boolean told = List.of(rows.columns()).contains(RowCheck.REASON);
    Guard guard =
        new Guard(
            rows.sparkSession(),
            runId + "-" + name + "-" + rule,
            name,
            runId,
            directory,
            List.of(new RowCheck.BrokenRule(rule, told ? RowCheck.REASON : "", accepted)));
    Column[] columns =
        Arrays.stream(rows.columns()).map(c -> col(RowCheck.quote(c))).toArray(Column[]::new);
    long passed =
        guard.split(rows, List.of(columns), List.of(lit(true)), List.of(rows.columns())).count();
    if (passed != 0) {
      throw new IllegalStateException(passed + " refused rows passed");
    }
    return new RefusedRows(guard);
  }

  /** Their rule, with how many they are and some examples. */
  public RuleReport told() {
    return new RuleReport(
        guard.rules().get(0).rule(), guard.tally().brokenRows(0), guard.tally().examples(0));
  }

  @Override
  public List<String> rejectLogs() {
    return guard.tally().files();
  }

  @Override
  public long rejected() {
    return guard.tally().rejected();
  }
}
