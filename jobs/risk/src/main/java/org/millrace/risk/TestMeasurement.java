package org.millrace.risk;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.ColumnNames;
import org.millrace.job.JobRecorder;
import org.millrace.model.MeasuredMetric;
import org.millrace.outcome.Stop;
import org.millrace.risk.decide.Decision;
import org.millrace.risk.measure.Measurement;
import org.millrace.risk.measure.MeasurementReport;
import org.millrace.risk.measure.TaskTally;
import org.millrace.risk.model.Task;
import org.millrace.risk.time.TimeColumns;

/** Measures a model on rows with a label that it has not seen. */
final class TestMeasurement {
  private TestMeasurement() {}

  /**
   * Tells the metrics beside those of who always says the same; for numbers of time series also of
   * who says the last known value, and that of the season before. Where a row has no such value,
   * the seasonal one is told the last one, and the last one the mean.
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
        test.withColumn(Labelling.LABEL, label.asNumber(ColumnNames.column(test, label.column())));
    Map<String, Column> rivals = rivals(model);
    for (Map.Entry<String, Column> rival : rivals.entrySet()) {
      numbered = numbered.withColumn(rival.getKey(), rival.getValue());
    }
    RiskModel.Scorer scorer = model.scorer(numbered.schema());
    double threshold = model.decision().map(Decision::threshold).orElse(TaskTally.USUAL_THRESHOLD);
    Measurement measured =
        Measurement.of(
            numbered,
            row -> {
              scorer.score(row);
              return scorer.said();
            },
            new Measurement.Plan(
                label.task(),
                threshold,
                label.shares(),
                Labelling.LABEL,
                List.copyOf(rivals.keySet()),
                groups));
    return MeasurementReport.tell(
        report,
        measured,
        label.classes(),
        label.task() == Task.REGRESSION ? "mean" : "base rate",
        List.copyOf(rivals.keySet()));
  }

  /** Forecasts that cost nothing, by their names. */
  private static Map<String, Column> rivals(RiskModel model) {
    if (model.timeSeries().isEmpty() || model.label().task() != Task.REGRESSION) {
      return Map.of();
    }
    Column last = coalesce(col(TimeColumns.LAST_VALUE), lit(model.label().shares().get(0)));
    return model.timeSeries().get().naive().season().isEmpty()
        ? Map.of("last value", last)
        : Map.of(
            "last value", last, "last season", coalesce(col(TimeColumns.SEASONAL_VALUE), last));
  }
}
