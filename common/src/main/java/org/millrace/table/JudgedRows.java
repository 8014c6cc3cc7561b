package org.millrace.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
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
   * @param verdict the columns with the judgement, none of which is passed on
   * @param accepted by rule what a row should have been, to follow "must be"
   */
  static JudgedRows of(
      Dataset<Row> rows,
      String name,
      Verdict verdict,
      Map<String, String> accepted,
      String runId,
      Path directory) {
    List<RowCheck.BrokenRule> rules = new ArrayList<>();
    List<Column> violations = new ArrayList<>();
    accepted.forEach(
        (rule, sound) -> {
          rules.add(new RowCheck.BrokenRule(rule, RowCheck.REASON, sound));
          violations.add(col(RowCheck.quote(verdict.rule())).equalTo(rule));
        });
    Guard guard =
        new Guard(
            rows.sparkSession(), runId + "-" + name + "-judged", name, runId, directory, rules);
    List<String> own = List.of(verdict.rule(), verdict.reason(), verdict.row());
    List<Column> passedOn =
        Arrays.stream(rows.columns())
            .filter(c -> !own.contains(c))
            .map(c -> col(RowCheck.quote(c)))
            .toList();
    StructType shown = (StructType) rows.schema().apply(verdict.row()).dataType();
    List<Column> record = new ArrayList<>();
    for (String column : shown.fieldNames()) {
      record.add(col(RowCheck.quote(verdict.row())).getField(column).as(column));
    }
    record.add(col(RowCheck.quote(verdict.reason())).as(RowCheck.REASON));
    return new JudgedRows(
        guard,
        guard.split(
            rows,
            passedOn,
            violations,
            struct(record.toArray(Column[]::new)),
            shown.add(RowCheck.REASON, DataTypes.StringType)));
  }

  /**
   * The columns with a job's judgement of a row.
   *
   * @param rule which the row broke; null for a good row
   * @param reason a sentence on it
   * @param row a struct with what the reject shows of the row; null for a good row
   */
  public record Verdict(String rule, String reason, String row) {}

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
