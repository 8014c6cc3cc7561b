package org.millrace.risk;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.eval.Metric;
import org.millrace.job.JobRecorder;
import org.millrace.model.MeasuredMetric;
import org.millrace.outcome.Stop;
import org.millrace.risk.choose.Judge;
import org.millrace.risk.model.Task;

/** Metrics on held-out rows, beside those of who always says the same. */
record TestMeasurement(List<MeasuredMetric> metrics) {
  private static final StructType SCHEMA =
      new StructType()
          .add("label", DataTypes.DoubleType, true)
          .add(Judge.SAID, DataTypes.createArrayType(DataTypes.DoubleType), false);

  static TestMeasurement of(RiskModel model, Dataset<Row> test) {
    FittedLabel label = model.label();
    if (test.isEmpty()) {
      throw Stop.contract("no rows are left to measure on; give more rows or another holdout");
    }
    Dataset<Row> numbered =
        test.withColumn(Labelling.LABEL, label.asNumber(test.col(label.column())));
    int at = numbered.schema().fieldIndex(Labelling.LABEL);
    RiskModel.Scorer scorer = model.scorer(numbered.schema());
    JavaRDD<Row> rows =
        numbered
            .javaRDD()
            .map(
                row -> {
                  scorer.score(row);
                  return RowFactory.create(row.get(at), scorer.said().clone());
                });
    double[] constant = constant(label);
    JavaRDD<Row> naive = numbered.javaRDD().map(row -> RowFactory.create(row.get(at), constant));
    List<Metric> measured = measure(test, rows, label);
    Map<String, Double> baseline =
        measure(test, naive, label).stream().collect(Collectors.toMap(Metric::name, Metric::value));
    String name = label.task() == Task.REGRESSION ? "mean" : "base rate";
    return new TestMeasurement(
        measured.stream()
            .map(m -> MeasuredMetric.of(m, Map.of(name, baseline.get(m.name()))))
            .toList());
  }

  private static double[] constant(FittedLabel label) {
    return label.task() == Task.BINARY
        ? new double[] {label.shares().get(1)}
        : label.shares().stream().mapToDouble(s -> s).toArray();
  }

  private static List<Metric> measure(Dataset<Row> test, JavaRDD<Row> rows, FittedLabel label) {
    return Judge.measure(
        test.sparkSession().createDataFrame(rows, SCHEMA), label.task(), Math.max(2, label.size()));
  }

  List<MeasuredMetric> tell(JobRecorder report) {
    metrics.forEach(m -> report.metric(m.metric(), m.baselines()));
    return metrics;
  }
}
