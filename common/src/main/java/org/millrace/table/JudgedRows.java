package org.millrace.table;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BinaryType;
import org.millrace.report.RunReport.RuleReport;

/**
 * Rows on which a job has passed its own judgement: those that it could make nothing of are
 * rejected while the others flow on into a publication, in one pass.
 */
public final class JudgedRows implements RejectSource {
  private final Guard guard;
  private final Dataset<Row> rows;

  private JudgedRows(Guard guard, Dataset<Row> rows) {
    this.guard = guard;
    this.rows = rows;
  }

  /**
   * Splits rows by what a column says.
   *
   * @param verdict the column with the rule that a row broke, null for a good row; not passed on
   * @param reason a column with a sentence on it, which the reject's record shows; not passed on
   * @param accepted by rule what a row should have been, to follow "must be"
   */
  static JudgedRows of(
      Dataset<Row> rows,
      String name,
      String verdict,
      String reason,
      Map<String, String> accepted,
      String runId,
      Path directory) {
    List<RowCheck.BrokenRule> rules = new ArrayList<>();
    List<Column> violations = new ArrayList<>();
    accepted.forEach(
        (rule, sound) -> {
          rules.add(new RowCheck.BrokenRule(rule, reason, sound));
          violations.add(col(RowCheck.quote(verdict)).equalTo(rule));
        });
    Guard guard =
        new Guard(
            rows.sparkSession(), runId + "-" + name + "-judged", name, runId, directory, rules);
    List<Column> passedOn =
        Arrays.stream(rows.columns())
            .filter(c -> !c.equals(verdict) && !c.equals(reason))
            .map(c -> col(RowCheck.quote(c)))
            .toList();
    List<String> shown =
        Arrays.stream(rows.schema().fields())
            .filter(f -> !(f.dataType() instanceof BinaryType) && !f.name().equals(verdict))
            .map(f -> f.name())
            .toList();
    return new JudgedRows(guard, guard.split(rows, passedOn, violations, shown));
  }

  /** The good rows, for one publication. */
  public Dataset<Row> rows() {
    return rows;
  }

  /** Rows by the rule that they broke; complete when the rows have been consumed. */
  public List<RuleReport> broken() {
    List<RuleReport> broken = new ArrayList<>();
    for (int i = 0; i < guard.rules().size(); i++) {
      long count = guard.tally().brokenRows(i);
      if (count > 0) {
        broken.add(new RuleReport(guard.rules().get(i).rule(), count, guard.tally().examples(i)));
      }
    }
    return broken;
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
