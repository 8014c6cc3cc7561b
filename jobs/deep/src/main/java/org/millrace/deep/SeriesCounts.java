package org.millrace.deep;

import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.deep.data.SeriesWindows;
import org.millrace.eval.ColumnNames;
import org.millrace.job.Run;
import org.millrace.outcome.Stop;
import org.millrace.report.RunReport.RuleReport;
import org.millrace.table.CheckedTable;
import org.millrace.table.JudgedRows;
import org.millrace.table.RowCounts;

/** Counts series where a table of them is scored: each has a forecast or a reason for none. */
final class SeriesCounts {
  private static final String RULE = "series.window";

  private SeriesCounts() {}

  /**
   * Puts series without a window into the rejects and counts.
   *
   * @param windows one for each series that has one
   * @throws Stop exit 3 where too many series have no forecast, or all of them
   */
  static RowCounts of(
      Run run,
      CheckedTable input,
      Dataset<Row> windows,
      JudgedRows judged,
      Score.Config c,
      Dataset<Row> written) {
    SeriesWindows cut = c.windows().orElseThrow();
    Column key = cut.key().map(ColumnNames::column).orElse(lit("the only one"));
    Dataset<Row> all = input.rows().select(key.as("series")).distinct();
    Dataset<Row> seen = windows.select(key.as("series")).distinct();
    Dataset<Row> without =
        all.join(seen, all.col("series").eqNullSafe(seen.col("series")), "left_anti");
    String accepted =
        "a series of %d steps of %s in a row at its end%s"
            .formatted(
                cut.history(),
                cut.step(),
                cut.known().isEmpty()
                    ? ""
                    : ", and %d more in which %s is known"
                        .formatted(cut.horizon(), String.join(", ", cut.known())));
    long absent = without.isEmpty() ? 0 : run.refuse("examples", without, RULE, accepted);
    long scored = written.count();
    long rejected = judged.rejected() + absent;
    List<RuleReport> broken = new ArrayList<>(judged.broken());
    if (absent > 0) {
      broken.add(new RuleReport(RULE, absent, List.of()));
      run.report()
          .warn("%d series have no window: a series must be %s".formatted(absent, accepted));
    }
    double share = (double) rejected / (scored + rejected);
    if (scored == 0 || share > c.examples().maxRejectShare()) {
      throw Stop.contract(
          "%s: %d of %d series of %s have no forecast (allowed max-reject-share %s); %s; each is in the rejects table with"
              + " its reason",
          input.name(),
          rejected,
          scored + rejected,
          c.examples().path(),
          c.examples().maxRejectShare(),
          absent > 0 ? "most often there is no window: it must be " + accepted : broken.toString());
    }
    return new RowCounts("series", scored + rejected, scored, rejected);
  }
}
