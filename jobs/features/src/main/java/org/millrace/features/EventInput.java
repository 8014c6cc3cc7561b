package org.millrace.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.features.behaviour.EventChecks;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.outcome.Stop;
import org.millrace.report.RunReport.RuleReport;
import org.millrace.table.CheckedTable;
import org.millrace.table.RowCounts;
import org.millrace.table.TableRef;

/**
 * Events that keep their contract and what else is asked of them; the others are in the rejects.
 *
 * @param judged cached until closed
 * @param rows of {@link EventChecks#accepted}
 * @param seen rows of the input
 * @param rejected of them
 */
record EventInput(Dataset<Row> judged, Dataset<Row> rows, long seen, long rejected)
    implements AutoCloseable {

  /**
   * Reads and judges.
   *
   * @throws Stop exit 3 where more rows than allowed are rejected, or none is left
   */
  static EventInput read(Run run, BehaviourConfig c) {
    TableRef ref = c.source().table();
    try (CheckedTable input = run.read(new NamedTable("table", ref, c.source().needs()))) {
      Dataset<Row> judged =
          c.checks()
              .judged(c.source().events(input.rows()), run.date())
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        long refused = run.step("check events", () -> refuse(run, input, judged));
        long rejected = input.rejected() + refused;
        require(input, ref, rejected);
        return new EventInput(
            judged, c.checks().accepted(judged, run.date()), input.seen(), rejected);
      } catch (Throwable e) {
        judged.unpersist();
        throw e;
      }
    }
  }

  private static long refuse(Run run, CheckedTable input, Dataset<Row> judged) {
    long all = 0;
    List<RuleReport> told = new ArrayList<>();
    for (Row broken :
        judged
            .groupBy(EventChecks.RULE)
            .count()
            .filter(col(EventChecks.RULE).isNotNull())
            .sort(EventChecks.RULE)
            .collectAsList()) {
      String rule = broken.getString(0);
      Dataset<Row> rows =
          judged
              .filter(col(EventChecks.RULE).equalTo(rule))
              .withColumn(EventChecks.REASON, EventChecks.reason())
              .drop(EventChecks.RULE);
      all += run.refuse(input.name(), rows, rule, EventChecks.RULES.get(rule));
      told.add(new RuleReport(rule, broken.getLong(1), examples(rows, rule)));
    }
    input.alsoRefused(told);
    return all;
  }

  private static List<String> examples(Dataset<Row> rows, String rule) {
    List<String> examples = new ArrayList<>();
    for (Row row :
        rows.filter(not(col(EventChecks.REASON).isNull()))
            .select(EventChecks.REASON)
            .limit(3)
            .collectAsList()) {
      examples.add(row.getString(0));
    }
    return examples.isEmpty() ? List.of("must be " + EventChecks.RULES.get(rule)) : examples;
  }

  private static void require(CheckedTable input, TableRef ref, long rejected) {
    double share = (double) rejected / input.seen();
    if (rejected == input.seen() || share > ref.maxRejectShare()) {
      throw Stop.contract(
          "%s: %d of %d rows of %s are no events that count (%.2f %%, allowed max-reject-share %s); each is in the rejects"
              + " table with its reason",
          input.name(), rejected, input.seen(), ref.path(), 100 * share, ref.maxRejectShare());
    }
  }

  /** Rows of the input are events in what was published, or rejected. */
  RowCounts counts(long published) {
    return new RowCounts("event", seen, published, rejected);
  }

  @Override
  public void close() {
    judged.unpersist();
  }
}
