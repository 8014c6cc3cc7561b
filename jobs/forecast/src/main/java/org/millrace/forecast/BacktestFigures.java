package org.millrace.forecast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.eval.Metric;
import org.millrace.forecast.backtest.Measure;
import org.millrace.forecast.method.simple.Naive;
import org.millrace.forecast.method.simple.SeasonalNaive;
import org.millrace.model.MeasuredMetric;

/** The figures of a model: those of the automatic choice, beside each method. */
final class BacktestFigures {
  private static final String GAP = "-gap";

  private BacktestFigures() {}

  /** What a gate may ask for. */
  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      names.add(name(measure));
    }
    return names;
  }

  /** Of a coverage it is the distance from its nominal level that counts, not its size. */
  private static String name(Measure measure) {
    return measure.id() + (measure.isCoverage() ? GAP : "");
  }

  /**
   * @param corrected whether intervals are those that the backtest corrects
   */
  static List<MeasuredMetric> of(BacktestSummary summary, boolean corrected) {
    List<MeasuredMetric> figures = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      Map<String, Double> beside = new LinkedHashMap<>();
      for (int m = 0; m < summary.methods().size(); m++) {
        beside.put(
            summary.methods().get(m), figure(measure, value(summary, m, measure, corrected)));
      }
      double value = figure(measure, value(summary, -1, measure, corrected));
      figures.add(MeasuredMetric.of(Metric.lowerIsBetter(name(measure), value), beside));
    }
    return figures;
  }

  private static double value(
      BacktestSummary summary, int method, Measure measure, boolean corrected) {
    if (corrected && measure.isCoverage() && summary.correctedWindows() > 0) {
      return summary.corrected(method, measure == Measure.COVERAGE_80 ? 0 : 1);
    }
    return method < 0 ? summary.automatic(measure) : summary.beside(method, measure);
  }

  /** The baselines with the naive ones first: what stands beside a figure in summaries. */
  static Map<String, Double> naiveFirst(MeasuredMetric figure, List<String> methods) {
    Map<String, Double> ordered = new LinkedHashMap<>();
    for (String naive : List.of(SeasonalNaive.NAME, Naive.NAME)) {
      if (methods.contains(naive)) {
        ordered.put(naive, figure.baselines().get(naive));
      }
    }
    methods.forEach(m -> ordered.putIfAbsent(m, figure.baselines().get(m)));
    return ordered;
  }

  private static double figure(Measure measure, double value) {
    return measure.isCoverage() ? Math.abs(value - nominal(measure)) : value;
  }

  static double nominal(Measure measure) {
    return measure == Measure.COVERAGE_80 ? 0.8 : 0.95;
  }
}
