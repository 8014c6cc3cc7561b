package org.millrace.report;

import org.millrace.eval.Metric;
import org.millrace.report.RunReport.MetricReport;

/**
 * How a metric stands beside one baseline.
 *
 * @param verdict {@code better}, {@code worse}, {@code equal} or {@code unknown}
 * @param text such as {@code 5.24% better}; the gain relative to the baseline
 */
record Standing(String verdict, String text) {

  static Standing of(MetricReport metric, double baseline) {
    double gain =
        new Metric(metric.name(), metric.value(), metric.higherIsBetter()).gainOver(baseline);
    if (!Double.isFinite(gain)) {
      return new Standing("unknown", "cannot be compared");
    }
    if (gain == 0) {
      return new Standing("equal", "equal");
    }
    String verdict = gain > 0 ? "better" : "worse";
    double size = Math.abs(gain);
    String amount =
        baseline == 0 ? Figures.metric(size) : Figures.percent(size / Math.abs(baseline));
    return new Standing(verdict, amount + " " + verdict);
  }

  /** Tells the verdict without colour. */
  String mark() {
    return switch (verdict) {
      case "better" -> "\u25b2";
      case "worse" -> "\u25bc";
      case "equal" -> "=";
      default -> "";
    };
  }
}
