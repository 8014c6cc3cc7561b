package org.millrace.deep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.millrace.deep.data.Encoding;
import org.millrace.deep.data.FittedInput;
import org.millrace.deep.data.FittedLabel;
import org.millrace.eval.CalibrationBin;
import org.millrace.eval.ClassificationTally;
import org.millrace.eval.Metric;
import org.millrace.job.JobRecorder;
import org.millrace.model.MeasuredMetric;
import org.millrace.report.Chart;
import org.millrace.report.Chart.Series;
import org.millrace.report.ClassTable;
import org.millrace.report.RunReport.FactTable;
import org.millrace.report.RunReport.Gallery;

/** What a measurement says, for the report and the model. */
final class MeasurementReport {
  private static final int CLASSES_IN_CONFUSION = 40;

  private MeasurementReport() {}

  /** Tells a measurement and returns its metrics beside those of the baseline. */
  static List<MeasuredMetric> tell(
      JobRecorder report, Measurement measured, Encoding encoding, Baseline baseline) {
    List<MeasuredMetric> metrics =
        encoding.label() instanceof FittedLabel.Classes classes
            ? classes(report, measured, encoding, classes)
            : numbers(measured, baseline);
    metrics.forEach(m -> report.metric(m.metric(), m.baselines()));
    return metrics;
  }

  private static List<MeasuredMetric> numbers(Measurement measured, Baseline baseline) {
    List<Metric> errors = measured.errors().metrics();
    List<Metric> naive = measured.naive().metrics();
    List<MeasuredMetric> metrics = new ArrayList<>();
    for (int i = 0; i < errors.size(); i++) {
      metrics.add(MeasuredMetric.of(errors.get(i), Map.of(baseline.title(), naive.get(i).value())));
    }
    return metrics;
  }

  private static List<MeasuredMetric> classes(
      JobRecorder report, Measurement measured, Encoding encoding, FittedLabel.Classes label) {
    ClassificationTally tally = measured.classes();
    List<String> names = label.classes();
    report.table(ClassTable.of(tally, names));
    if (names.size() <= CLASSES_IN_CONFUSION) {
      report.table(confusion(tally, names));
    }
    report.chart(calibration(tally));
    if (encoding.inputs().get(0) instanceof FittedInput.Images && !measured.mistakes().isEmpty()) {
      report.gallery(
          new Gallery(
              "Images that were taken for another class",
              Pictures.of(measured.mistakes(), encoding, names)));
    }
    return tally.metrics().stream()
        .map(
            m ->
                MeasuredMetric.of(
                    m,
                    m.name().equals("accuracy")
                        ? Map.of("most frequent class", tally.largestShare())
                        : Map.of()))
        .toList();
  }

  private static FactTable confusion(ClassificationTally tally, List<String> names) {
    List<String> columns = new ArrayList<>(List.of("is, said to be"));
    columns.addAll(names);
    List<List<String>> rows = new ArrayList<>();
    for (int truth = 0; truth < names.size(); truth++) {
      List<String> row = new ArrayList<>(List.of(names.get(truth)));
      for (int predicted = 0; predicted < names.size(); predicted++) {
        row.add(String.valueOf(tally.confused(truth, predicted)));
      }
      rows.add(row);
    }
    return new FactTable("Confusion", columns, rows);
  }

  private static Chart calibration(ClassificationTally tally) {
    List<CalibrationBin> bins = tally.calibration();
    List<Double> sure = bins.stream().map(CalibrationBin::probability).toList();
    return Chart.lines(
        "Calibration",
        "probability of the class that was said",
        "share that was right",
        List.of(
            new Series("network", sure, bins.stream().map(CalibrationBin::accuracy).toList()),
            new Series("calibrated", sure, sure)));
  }
}
