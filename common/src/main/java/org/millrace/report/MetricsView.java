package org.millrace.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.millrace.report.RunReport.MetricReport;

/** Metrics a row each, and every baseline that any of them knows a column. */
record MetricsView(List<String> baselines, List<Row> rows) {

  record Row(String name, String direction, String value, List<Beside> baselines) {}

  /** A baseline's cell; without a value where the metric does not know that baseline. */
  record Beside(String value, Standing standing) {}

  static MetricsView of(List<MetricReport> metrics) {
    Set<String> names = new LinkedHashSet<>();
    metrics.forEach(metric -> names.addAll(metric.baselines().keySet()));
    return new MetricsView(
        List.copyOf(names), metrics.stream().map(metric -> row(metric, names)).toList());
  }

  private static Row row(MetricReport metric, Set<String> names) {
    return new Row(
        metric.name(),
        metric.higherIsBetter() ? "higher is better" : "lower is better",
        Figures.metric(metric.value()),
        names.stream().map(name -> beside(metric, metric.baselines().get(name))).toList());
  }

  private static Beside beside(MetricReport metric, Double baseline) {
    return baseline == null
        ? new Beside("", null)
        : new Beside(Figures.metric(baseline), Standing.of(metric, baseline));
  }

  boolean any() {
    return !rows.isEmpty();
  }
}
