package org.millrace.risk.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.eval.CalibrationBin;
import org.millrace.eval.ClassificationTally;
import org.millrace.eval.Metric;
import org.millrace.job.JobRecorder;
import org.millrace.model.MeasuredMetric;
import org.millrace.report.Chart;
import org.millrace.report.Chart.Series;
import org.millrace.report.RunReport.FactTable;

/** Tells a measurement to people. */
public final class MeasurementReport {
  private static final int CLASSES_IN_CONFUSION = 40;
  private static final int DECILES = 10;

  private MeasurementReport() {}

  /**
   * Tells metrics, curves, confusion and groups.
   *
   * @param classes names of the classes by their index; the positive one of a binary task is last
   * @param naive what the constant is, such as {@code base rate}
   * @param rivals the names of the others, in their order
   * @return the metrics beside those of the constant and the others, then the differences between
   *     groups
   */
  public static List<MeasuredMetric> tell(
      JobRecorder report,
      Measurement measured,
      List<String> classes,
      String naive,
      List<String> rivals) {
    Map<String, List<Metric>> theirs = new TreeMap<>();
    theirs.put(naive, measured.naive().metrics());
    for (int r = 0; r < rivals.size(); r++) {
      theirs.put(rivals.get(r), measured.rivals().get(r).metrics());
    }
    List<MeasuredMetric> metrics = new ArrayList<>();
    for (Metric own : measured.model().metrics()) {
      int place = metrics.size();
      Map<String, Double> baselines = new TreeMap<>();
      theirs.forEach((name, of) -> baselines.put(name, of.get(place).value()));
      metrics.add(MeasuredMetric.of(own, baselines));
    }
    if (measured.model() instanceof BinaryTally binary) {
      curves(report, binary);
      report.table(confusion(binary, classes));
    } else if (measured.model() instanceof ClassesTally several) {
      tellClasses(report, several.counts(), classes);
    }
    for (Groups groups : measured.groups()) {
      report.table(GroupReport.table(groups));
      groups.differences().forEach(m -> metrics.add(MeasuredMetric.of(m, Map.of())));
    }
    metrics.forEach(m -> report.metric(m.metric(), m.baselines()));
    return metrics;
  }

  private static void curves(JobRecorder report, BinaryTally tally) {
    Curves curves = new Curves(tally.scores());
    report.chart(
        Chart.lines(
            "Receiver operating characteristic",
            "false positive rate",
            "true positive rate",
            List.of(series("model", curves.roc()), line("chance", 0, 0, 1, 1))));
    double share = tally.confusion().positiveShare();
    report.chart(
        Chart.lines(
            "Precision and recall",
            "recall",
            "precision",
            List.of(
                series("model", curves.precisionRecall()), line("chance", 0, share, 1, share))));
    report.chart(
        Chart.lines(
            "Gain",
            "share of rows selected, the most probable first",
            "share of positive rows among them",
            List.of(series("model", curves.gain()), line("chance", 0, 0, 1, 1))));
    report.chart(lift(curves));
    report.chart(calibration("probability", "share of positive rows", tally.calibration()));
  }

  private static Chart lift(Curves curves) {
    List<String> labels = new ArrayList<>();
    List<Double> lifts = new ArrayList<>();
    for (int d = 1; d <= DECILES; d++) {
      labels.add("top " + 100 * d / DECILES + " %");
      lifts.add(curves.lift((double) d / DECILES));
    }
    return Chart.bars(
        "Lift",
        "most probable rows",
        "times the positive rows of as many by chance",
        labels,
        List.of(new Series("model", List.of(), lifts)));
  }

  private static Chart calibration(String x, String y, List<CalibrationBin> bins) {
    return Chart.lines(
        "Calibration",
        x,
        y,
        List.of(
            new Series(
                "model",
                bins.stream().map(CalibrationBin::probability).toList(),
                bins.stream().map(CalibrationBin::accuracy).toList()),
            line("calibrated", 0, 0, 1, 1)));
  }

  private static FactTable confusion(BinaryTally tally, List<String> classes) {
    ConfusionTally counts = tally.confusion();
    return new FactTable(
        String.format(Locale.ROOT, "Confusion at the threshold %.6g", tally.threshold()),
        List.of("is, taken for", classes.get(0), classes.get(1)),
        List.of(
            List.of(classes.get(0), rows(counts.trueNegative()), rows(counts.falsePositive())),
            List.of(classes.get(1), rows(counts.falseNegative()), rows(counts.truePositive()))));
  }

  private static void tellClasses(
      JobRecorder report, ClassificationTally tally, List<String> classes) {
    List<List<String>> rows = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      ClassificationTally.ClassQuality quality = tally.of(c);
      rows.add(
          List.of(
              classes.get(c),
              rows(quality.support()),
              figure(quality.precision()),
              figure(quality.recall()),
              figure(quality.f1()),
              figure(quality.areaUnderRoc())));
    }
    report.table(
        new FactTable(
            "By class", List.of("class", "rows", "precision", "recall", "f1", "roc-auc"), rows));
    if (classes.size() <= CLASSES_IN_CONFUSION) {
      report.table(confusion(tally, classes));
    }
    report.chart(
        calibration(
            "probability of the class that was said", "share that was right", tally.calibration()));
  }

  private static FactTable confusion(ClassificationTally tally, List<String> classes) {
    List<String> columns = new ArrayList<>(List.of("is, taken for"));
    columns.addAll(classes);
    List<List<String>> rows = new ArrayList<>();
    for (int truth = 0; truth < classes.size(); truth++) {
      List<String> row = new ArrayList<>(List.of(classes.get(truth)));
      for (int taken = 0; taken < classes.size(); taken++) {
        row.add(rows(tally.confused(truth, taken)));
      }
      rows.add(row);
    }
    return new FactTable("Confusion", columns, rows);
  }

  static String figure(double value) {
    return Double.isNaN(value) ? "n/a" : String.format(Locale.ROOT, "%.4f", value);
  }

  static String rows(long count) {
    return String.valueOf(count);
  }

  private static Series series(String name, List<Curves.Point> points) {
    return new Series(
        name,
        points.stream().map(Curves.Point::x).toList(),
        points.stream().map(Curves.Point::y).toList());
  }

  private static Series line(String name, double x1, double y1, double x2, double y2) {
    return new Series(name, List.of(x1, x2), List.of(y1, y2));
  }
}
