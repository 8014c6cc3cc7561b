package org.millrace.forecast;

import java.util.Comparator;
import java.util.List;
import org.millrace.forecast.series.Refused;
import org.millrace.job.Run;
import org.millrace.outcome.Stop;
import org.millrace.report.RunReport.FactTable;
import org.millrace.report.RunReport.RuleReport;
import org.millrace.table.CheckedTable;
import org.millrace.table.JudgedRows;
import org.millrace.table.TableRef;

/** Counts series: each is forecast or refused with a reason. */
final class SeriesCounts {
  private SeriesCounts() {}

  /**
   * Tells what was refused.
   *
   * @param judged consumed
   * @param series in the table
   * @return series that were refused
   * @throws Stop exit 3 where too many are, or all
   */
  static long refused(Run run, CheckedTable input, TableRef ref, JudgedRows judged, long series) {
    List<RuleReport> broken = judged.broken();
    input.alsoRefused(
        broken.stream().filter(b -> b.rule().equals(Refused.Rule.ROW_DUPLICATE.id())).toList());
    List<RuleReport> ofSeries =
        broken.stream().filter(b -> !b.rule().equals(Refused.Rule.ROW_DUPLICATE.id())).toList();
    if (!broken.isEmpty()) {
      run.report()
          .table(
              new FactTable(
                  "Refused rows and series",
                  List.of("rule", "count", "for example"),
                  broken.stream()
                      .map(
                          b ->
                              List.of(
                                  b.rule(),
                                  String.valueOf(b.rows()),
                                  String.join("; ", b.examples())))
                      .toList()));
    }
    long refused = ofSeries.stream().mapToLong(RuleReport::rows).sum();
    if (refused > 0 && (refused == series || refused > ref.maxRejectShare() * series)) {
      RuleReport most =
          ofSeries.stream().max(Comparator.comparingLong(RuleReport::rows)).orElseThrow();
      throw Stop.contract(
          "%s: nothing can be made of %d of %d series of %s (allowed max-reject-share %s); most often %s (for example: %s); each"
              + " is in the rejects table with its reason",
          input.name(),
          refused,
          series,
          ref.path(),
          ref.maxRejectShare(),
          most.rule(),
          String.join("; ", most.examples()));
    }
    if (refused > 0) {
      run.report()
          .warn(
              "nothing can be made of %d of %d series; they are in the rejects with their reasons"
                  .formatted(refused, series));
    }
    return refused;
  }
}
