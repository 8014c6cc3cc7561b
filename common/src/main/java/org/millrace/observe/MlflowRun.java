package org.millrace.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.millrace.report.RunReport;
import org.millrace.report.RunReport.JobReport;
import org.millrace.report.RunReport.MetricReport;
import org.millrace.report.RunReport.ModelReport;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunTag;

/** A run as MLflow sees it: the configuration as parameters, the figures as metrics, tags. */
record MlflowRun(List<Param> params, List<Metric> metrics, List<RunTag> tags) {
  /** What a server takes of a value. */
  private static final int LONGEST_PARAM = 6000;

  private static final int LONGEST_TAG = 5000;

  /**
   * Puts it together.
   *
   * @param configuration the keys in force, secrets covered
   */
  static MlflowRun of(RunReport run, Map<String, Object> configuration) {
    List<Param> params = new ArrayList<>();
    configuration.forEach(
        (key, value) ->
            params.add(
                Param.newBuilder()
                    .setKey(key(key))
                    .setValue(cut(String.valueOf(value), LONGEST_PARAM))
                    .build()));
    List<Metric> metrics = new ArrayList<>();
    List<RunTag> tags = new ArrayList<>();
    tag(tags, "mlflow.runName", run.runId());
    tag(tags, "mlflow.user", run.user());
    tag(tags, "mlflow.source.name", "millrace " + run.useCase());
    tag(tags, "mlflow.source.type", "JOB");
    tag(tags, "millrace.use-case", run.useCase());
    tag(tags, "millrace.date", run.date());
    tag(tags, "millrace.root", run.root());
    tag(tags, "millrace.report", "%s/runs/%s/report.html".formatted(run.root(), run.runId()));
    tag(tags, "millrace.code-version", run.codeVersion());
    tag(tags, "millrace.configuration-hash", run.configurationHash());
    run.exitCode().ifPresent(code -> tag(tags, "millrace.exit-code", String.valueOf(code)));
    tag(tags, "millrace.message", run.message());
    long now = run.endedAt().orElse(run.startedAt()).toEpochMilli();
    for (JobReport job : run.jobs()) {
      for (ModelReport model : job.models()) {
        tag(tags, "millrace.model.%s.%s".formatted(model.use(), model.kind()), model.version());
      }
      for (MetricReport metric : job.metrics()) {
        metric(metrics, job.job() + "/" + metric.name(), metric.value(), now);
        metric
            .baselines()
            .forEach(
                (name, value) ->
                    metric(
                        metrics, "%s/%s/%s".formatted(job.job(), metric.name(), name), value, now));
      }
      job.inputs()
          .forEach(
              input -> {
                String of = "%s/%s".formatted(job.job(), input.name());
                metric(metrics, of + "/rows-read", (double) input.read(), now);
                metric(metrics, of + "/rows-rejected", (double) input.rejected(), now);
              });
      metric(metrics, job.job() + "/seconds", job.seconds(), now);
    }
    return new MlflowRun(params, metrics, tags);
  }

  /** Of a figure that is not a number, MLflow makes nothing. */
  private static void metric(List<Metric> metrics, String name, double value, long at) {
    if (Double.isFinite(value)) {
      metrics.add(
          Metric.newBuilder()
              .setKey(key(name))
              .setValue(value)
              .setTimestamp(at)
              .setStep(0)
              .build());
    }
  }

  private static void tag(List<RunTag> tags, String name, String value) {
    if (!value.isEmpty()) {
      tags.add(RunTag.newBuilder().setKey(key(name)).setValue(cut(value, LONGEST_TAG)).build());
    }
  }

  /** Letters, digits and {@code _ - . / blank} are what every server takes in a name. */
  private static String key(String name) {
    return name.replaceAll("[^\\p{IsAlphabetic}\\p{IsDigit}_./ -]", "_");
  }

  private static String cut(String value, int longest) {
    return value.length() <= longest ? value : value.substring(0, longest);
  }
}
