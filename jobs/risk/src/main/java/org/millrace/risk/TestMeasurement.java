package org.millrace.risk;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.job.JobRecorder;
import org.millrace.model.MeasuredMetric;
import org.millrace.outcome.Stop;
import org.millrace.risk.decide.Decision;
import org.millrace.risk.measure.Measurement;
import org.millrace.risk.measure.MeasurementReport;
import org.millrace.risk.measure.TaskTally;
import org.millrace.risk.model.Task;

/** Measures a model on rows with a label that it has not seen. */
final class TestMeasurement {
  private TestMeasurement() {}

  /**
   * Tells the metrics beside those of who always says the same.
   *
   * @param test rows, each with a label
   * @param groups columns by whose values it is measured too
   * @param none the sentence where there are no rows
   */
  static List<MeasuredMetric> tell(
      JobRecorder report, RiskModel model, Dataset<Row> test, List<String> groups, String none) {
    FittedLabel label = model.label();
    if (test.isEmpty()) {
      throw Stop.contract("%s", none);
    }
    Dataset<Row> numbered =
        test.withColumn(Labelling.LABEL, label.asNumber(test.col(label.column())));
    RiskModel.Scorer scorer = model.scorer(numbered.schema());
    double threshold = model.decision().map(Decision::threshold).orElse(TaskTally.USUAL_THRESHOLD);
    Measurement measured =
        Measurement.of(
            numbered,
            row -> {
              scorer.score(row);
              return scorer.said();
            },
            new Measurement.Plan(label.task(), threshold, label.shares(), Labelling.LABEL, groups));
    return MeasurementReport.tell(
        report, measured, label.classes(), label.task() == Task.REGRESSION ? "mean" : "base rate");
  }
}
