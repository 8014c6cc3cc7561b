package org.millrace.risk.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.millrace.eval.Metric;
import org.millrace.job.JobRecorder;
import org.millrace.report.Chart;
import org.millrace.report.Chart.Series;
import org.millrace.report.RunReport.FactTable;

/** Tells people how far rows lie from the baseline. */
public final class DriftReport {
  private static final int ROWS_SHOWN = 50;
  private static final int BARS_SHOWN = 20;

  private final JobRecorder report;
  private final DriftConfig config;

  public DriftReport(JobRecorder report, DriftConfig config) {
    this.report = report;
    this.config = config;
  }

  /**
   * Tells metrics, a table of the columns with the greatest indices, and charts.
   *
   * @param drifts of features and scores
   * @param scores of these, the columns of scores
   * @param distributions charts of single columns at the most, the farthest first
   */
  public void tell(List<ColumnDrift> drifts, List<ColumnDrift> scores, int distributions) {
    List<ColumnDrift> order = farthestFirst(drifts);
    if (order.isEmpty()) {
      return;
    }
    Map<String, Double> limit = new LinkedHashMap<>();
    if (config.action() != DriftConfig.Action.NONE) {
      limit.put("limit", config.limit());
    }
    report.metric(Metric.lowerIsBetter("greatest-psi", order.get(0).psi()), limit);
    for (ColumnDrift score : scores) {
      report.metric(Metric.lowerIsBetter("psi-of-" + score.column(), score.psi()), limit);
    }
    report.table(table(order));
    report.chart(indices(order));
    order.stream().limit(distributions).forEach(drift -> report.chart(distribution(drift)));
  }

  /** By their indices, descending. */
  public static List<ColumnDrift> farthestFirst(List<ColumnDrift> drifts) {
    return drifts.stream()
        .sorted(Comparator.comparingDouble((ColumnDrift d) -> Double.isNaN(d.psi()) ? 0 : -d.psi()))
        .toList();
  }

  private FactTable table(List<ColumnDrift> order) {
    List<List<String>> rows = new ArrayList<>();
    for (ColumnDrift drift : order.subList(0, Math.min(ROWS_SHOWN, order.size()))) {
      rows.add(
          List.of(
              drift.column(),
              drift.baseline().kind().id(),
              figure(drift.psi()),
              figure(drift.psiByChance()),
              percent(drift.missingBefore()),
              percent(drift.missingNow()),
              percent(drift.unseenRate()),
              verdict(drift)));
    }
    return new FactTable(
        "Drift against the baseline, %d rows against %d%s"
            .formatted(
                order.get(0).rows(),
                order.get(0).baseline().rows(),
                order.size() > ROWS_SHOWN
                    ? ": the %d of %d columns that drifted most".formatted(ROWS_SHOWN, order.size())
                    : ""),
        List.of(
            "column",
            "kind",
            "psi",
            "by chance",
            "missing then",
            "missing now",
            "unseen",
            "verdict"),
        rows);
  }

  private String verdict(ColumnDrift drift) {
    if (config.finding(drift).isPresent()) {
      return "beyond the limit";
    }
    if (config.judgesIndex(drift)) {
      return "within";
    }
    return config.judges(drift) ? "index not judged" : "not judged";
  }

  private static Chart indices(List<ColumnDrift> order) {
    List<ColumnDrift> shown = order.subList(0, Math.min(BARS_SHOWN, order.size()));
    return new Chart(
        "Population stability index",
        Chart.Kind.HORIZONTAL_BAR,
        "index",
        "column",
        shown.stream().map(ColumnDrift::column).toList(),
        List.of(
            new Series("index", List.of(), shown.stream().map(ColumnDrift::psi).toList()),
            new Series(
                "by chance", List.of(), shown.stream().map(ColumnDrift::psiByChance).toList())));
  }

  private static Chart distribution(ColumnDrift drift) {
    return Chart.bars(
        "Distribution of " + drift.column(),
        drift.baseline().kind() == org.millrace.risk.features.ColumnKind.TEXT
            ? "characters"
            : drift.column(),
        "share of rows",
        drift.labels(),
        List.of(
            new Series("baseline", List.of(), drift.sharesBefore()),
            new Series("now", List.of(), drift.sharesNow())));
  }

  private static String figure(double value) {
    return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "n/a" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }
}
