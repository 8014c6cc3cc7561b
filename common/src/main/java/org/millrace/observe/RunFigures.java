package org.millrace.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.report.RunReport;
import org.millrace.report.RunReport.InputReport;
import org.millrace.report.RunReport.JobReport;
import org.millrace.report.RunReport.MetricReport;
import org.millrace.report.RunReport.OutputReport;
import org.millrace.report.RunReport.StepReport;

/** The figures of a run: rows, rejects, qualities and seconds, as {@code run.json} has them. */
final class RunFigures {
  private static final String USE_CASE = "use_case";

  private RunFigures() {}

  /** Of a run that has ended, or of what it has done so far. */
  static List<Figure> of(RunReport run) {
    List<Figure> figures = new ArrayList<>();
    Map<String, String> labels = Map.of(USE_CASE, run.useCase());
    run.endedAt().ifPresent(ended -> end(run, ended, labels, figures));
    run.jobs().forEach(job -> job(run.useCase(), job, figures));
    return figures;
  }

  private static void end(
      RunReport run, Instant ended, Map<String, String> labels, List<Figure> figures) {
    double seconds = Duration.between(run.startedAt(), ended).toMillis() / 1e3;
    figures.add(new Figure("millrace_run_seconds", "How long the last run took.", labels, seconds));
    figures.add(
        new Figure(
            "millrace_run_end_timestamp_seconds",
            "When the last run ended, in seconds since 1970.",
            labels,
            ended.toEpochMilli() / 1e3));
    figures.add(
        new Figure(
            "millrace_run_exit_code",
            "How the last run ended: 0 done, 2 configuration, 3 input, 4 gate, 1 anything else.",
            labels,
            run.exitCode().orElseThrow()));
  }

  private static void job(String useCase, JobReport job, List<Figure> figures) {
    figures.add(
        new Figure(
            "millrace_job_seconds",
            "How long the job took.",
            labels(useCase, job, Map.of()),
            job.seconds()));
    for (StepReport step : job.steps()) {
      figures.add(
          new Figure(
              "millrace_step_seconds",
              "How long the job's step took.",
              labels(useCase, job, Map.of("step", step.name())),
              step.seconds()));
    }
    for (InputReport input : job.inputs()) {
      Map<String, String> labels = labels(useCase, job, Map.of("table", input.name()));
      figures.add(
          new Figure("millrace_rows_read", "Rows of an input.", labels, (double) input.read()));
      figures.add(
          new Figure(
              "millrace_rows_rejected",
              "Rows of an input that broke its contract or were refused.",
              labels,
              (double) input.rejected()));
    }
    for (OutputReport output : job.outputs()) {
      figures.add(
          new Figure(
              "millrace_rows_published",
              "Rows of a published table.",
              labels(useCase, job, Map.of("table", output.table())),
              (double) output.rows()));
    }
    for (MetricReport metric : job.metrics()) {
      figures.add(
          new Figure(
              "millrace_quality",
              "A quality that the job measured.",
              labels(useCase, job, Map.of("metric", metric.name())),
              metric.value()));
    }
  }

  private static Map<String, String> labels(
      String useCase, JobReport job, Map<String, String> more) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(USE_CASE, useCase);
    labels.put("job", job.job());
    labels.putAll(more);
    return labels;
  }
}
