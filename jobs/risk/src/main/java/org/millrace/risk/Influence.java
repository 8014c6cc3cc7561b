package org.millrace.risk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.millrace.job.JobRecorder;
import org.millrace.report.Chart;
import org.millrace.report.Chart.Series;
import org.millrace.risk.explain.ColumnReasons;
import org.millrace.risk.explain.Explainer;
import org.millrace.risk.model.Adjustment;
import org.millrace.risk.model.FeatureMap;
import org.millrace.risk.model.Task;

/**
 * What moves a model's scores on the whole, over a sample of training rows: the mean absolute
 * contribution of each column (Lundberg et al. 2020, section 2.6), and how what it says changes on
 * average with the numbers that matter most (partial dependence: Friedman 2001, section 8.2).
 */
final class Influence {
  /** Rows that are asked; an average over so many is as good as one over all. */
  static final int ROWS = 1_000;

  private static final int COLUMNS_SHOWN = 20;
  private static final int CURVES = 4;
  private static final int CURVE_POINTS = 20;
  private static final int MOST_CLASSES = 6;

  private final RiskModel model;
  private final float[][] rows;
  private final ColumnReasons columns;

  Influence(RiskModel model, float[][] rows) {
    this.model = model;
    this.rows = rows;
    this.columns = new ColumnReasons(model.encoder().features());
  }

  /** Draws both into the report. */
  void tell(JobRecorder report, Explainer explainer) {
    double[] importance = importance(explainer);
    List<Integer> order =
        IntStream.range(0, importance.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer c) -> -importance[c]))
            .toList();
    report.chart(
        new Chart(
            "Importance: mean absolute contribution to the raw score",
            Chart.Kind.HORIZONTAL_BAR,
            "contribution",
            "column",
            order.stream().limit(COLUMNS_SHOWN).map(c -> columns.columns().get(c)).toList(),
            List.of(
                new Series(
                    "contribution",
                    List.of(),
                    order.stream().limit(COLUMNS_SHOWN).map(c -> importance[c]).toList()))));
    order.stream()
        .map(c -> columns.columns().get(c))
        .filter(column -> feature(column) >= 0)
        .limit(CURVES)
        .forEach(column -> report.chart(dependence(column, feature(column))));
  }

  /** By column; of several outputs the mean. */
  double[] importance(Explainer explainer) {
    double[] sums = new double[columns.columns().size()];
    int outputs = model.predictor().outputs();
    double[][] contributions = new double[rows.length][model.encoder().features().size()];
    for (int o = 0; o < outputs; o++) {
      for (double[] of : contributions) {
        Arrays.fill(of, 0);
      }
      explainer.explain(rows, rows.length, o, contributions);
      for (double[] of : contributions) {
        double[] ofColumns = columns.sums(of);
        for (int c = 0; c < sums.length; c++) {
          sums[c] += Math.abs(ofColumns[c]);
        }
      }
    }
    for (int c = 0; c < sums.length; c++) {
      sums[c] /= (double) rows.length * outputs;
    }
    return sums;
  }

  /** The place of the only feature of a column of numbers; -1 for other columns. */
  private int feature(String column) {
    List<FeatureMap.Feature> features = model.encoder().features().features();
    List<Integer> places =
        IntStream.range(0, features.size())
            .filter(f -> features.get(f).column().equals(column))
            .boxed()
            .toList();
    return places.size() == 1 && values(places.get(0)).length > 1 ? places.get(0) : -1;
  }

  /** Different values among the rows, ascending, thinned to quantiles. */
  private double[] values(int feature) {
    double[] all =
        Arrays.stream(rows)
            .mapToDouble(row -> row[feature])
            .filter(v -> !Double.isNaN(v))
            .sorted()
            .toArray();
    return IntStream.rangeClosed(0, CURVE_POINTS)
        .filter(p -> all.length > 0)
        .mapToDouble(p -> all[(int) ((long) p * (all.length - 1) / CURVE_POINTS)])
        .distinct()
        .toArray();
  }

  /** What the model says on average, were the feature of all rows the same. */
  double[] averages(int feature, double value) {
    double[] raw = new double[model.predictor().outputs()];
    double[] sums = new double[raw.length];
    for (float[] row : rows) {
      float[] changed = row.clone();
      changed[feature] = (float) value;
      model.predictor().raw(changed, raw);
      model.link().apply(raw, raw);
      for (Adjustment adjustment :
          java.util.stream.Stream.of(model.correction(), model.calibration())
              .flatMap(java.util.Optional::stream)
              .toList()) {
        adjustment.adjust(raw);
      }
      for (int o = 0; o < raw.length; o++) {
        sums[o] += raw[o] / rows.length;
      }
    }
    return sums;
  }

  private Chart dependence(String column, int feature) {
    double[] values = values(feature);
    List<double[]> said = Arrays.stream(values).mapToObj(v -> averages(feature, v)).toList();
    List<Double> x = Arrays.stream(values).boxed().toList();
    List<Series> series = new ArrayList<>();
    int outputs = Math.min(MOST_CLASSES, model.predictor().outputs());
    for (int o = 0; o < outputs; o++) {
      int output = o;
      String name =
          model.label().task() == Task.MULTICLASS
              ? model.label().classes().get(o)
              : model.label().positive().orElse(model.label().column());
      series.add(new Series(name, x, said.stream().map(s -> s[output]).toList()));
    }
    return Chart.lines(
        "Partial dependence on " + column,
        column,
        switch (model.label().task()) {
          case REGRESSION -> "mean prediction";
          case ANOMALY -> "mean anomaly score";
          case BINARY, MULTICLASS -> "mean probability";
        },
        series);
  }
}
