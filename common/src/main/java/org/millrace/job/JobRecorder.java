package org.millrace.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.millrace.eval.Metric;
import org.millrace.model.ModelVersion;
import org.millrace.report.Chart;
import org.millrace.report.RunReport.FactTable;
import org.millrace.report.RunReport.Gallery;
import org.millrace.report.RunReport.JobReport;
import org.millrace.report.RunReport.MetricReport;
import org.millrace.report.RunReport.ModelReport;
import org.millrace.report.RunReport.OutputReport;
import org.millrace.report.RunReport.StepReport;
import org.millrace.table.CheckedTable;
import org.millrace.table.RejectSource;

/** What a job has to tell in the run's report. */
public final class JobRecorder {
  private final String job;
  private final Instant startedAt = Instant.now();
  private final List<StepReport> steps = new CopyOnWriteArrayList<>();
  private final List<CheckedTable> inputs = new CopyOnWriteArrayList<>();
  private final List<RejectSource> refused = new CopyOnWriteArrayList<>();
  private final List<OutputReport> outputs = new CopyOnWriteArrayList<>();
  private final List<ModelReport> models = new CopyOnWriteArrayList<>();
  private final List<MetricReport> metrics = new CopyOnWriteArrayList<>();
  private final List<Chart> charts = new CopyOnWriteArrayList<>();
  private final List<FactTable> tables = new CopyOnWriteArrayList<>();
  private final List<Gallery> galleries = new CopyOnWriteArrayList<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private volatile String status = "running";
  private volatile double seconds;
  private final Runnable progressed;

  /**
   * @param progressed run after each step and at the end
   */
  JobRecorder(String job, Runnable progressed) {
    this.job = job;
    this.progressed = progressed;
  }

  void step(String name, Instant started) {
    steps.add(new StepReport(name, started, secondsSince(started)));
    progressed.run();
  }

  void input(CheckedTable table) {
    inputs.add(table);
    if (!table.unknownColumns().isEmpty()) {
      warn(
          "%s: columns that contract %s does not know are ignored: %s"
              .formatted(
                  table.name(), table.contract().id(), String.join(", ", table.unknownColumns())));
    }
  }

  List<CheckedTable> inputs() {
    return inputs;
  }

  void refused(RejectSource rows) {
    refused.add(rows);
  }

  List<RejectSource> rejectSources() {
    return Stream.<RejectSource>concat(inputs.stream(), refused.stream()).toList();
  }

  void output(OutputReport output) {
    outputs.add(output);
  }

  /** A model that was read or published. */
  void model(ModelVersion version, String use, boolean current, String gate) {
    models.add(
        new ModelReport(
            version.kind(),
            version.version(),
            version.path().toString(),
            use,
            current,
            version.signedBy().orElse(""),
            gate,
            filesHash(version)));
  }

  private static String filesHash(ModelVersion version) {
    return DigestUtils.sha256Hex(
        version.manifest().files().stream()
            .map(f -> f.path() + " " + f.sha256() + "\n")
            .collect(Collectors.joining()));
  }

  /** A quality, beside that of naive competitors by their names. */
  public void metric(Metric metric, Map<String, Double> baselines) {
    metrics.add(
        new MetricReport(metric.name(), metric.value(), metric.higherIsBetter(), baselines));
  }

  public void chart(Chart chart) {
    charts.add(chart);
  }

  public void table(FactTable table) {
    tables.add(table);
  }

  public void gallery(Gallery gallery) {
    galleries.add(gallery);
  }

  /** Something that the reader of the report should know, although the run goes on. */
  public void warn(String sentence) {
    warnings.add(sentence);
  }

  void end(String how) {
    status = how;
    seconds = secondsSince(startedAt);
    progressed.run();
  }

  private static double secondsSince(Instant from) {
    return Duration.between(from, Instant.now()).toNanos() / 1e9;
  }

  JobReport report() {
    return new JobReport(
        job,
        status,
        startedAt,
        status.equals("running") ? secondsSince(startedAt) : seconds,
        List.copyOf(steps),
        inputs.stream().map(CheckedTable::report).toList(),
        List.copyOf(outputs),
        List.copyOf(models),
        List.copyOf(metrics),
        List.copyOf(charts),
        List.copyOf(tables),
        List.copyOf(galleries),
        List.copyOf(warnings));
  }
}
