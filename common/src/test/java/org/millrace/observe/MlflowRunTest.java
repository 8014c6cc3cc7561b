package org.millrace.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.millrace.report.RunReport;
import org.millrace.report.RunReport.MetricReport;
import org.millrace.report.RunReport.ModelReport;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunTag;

class MlflowRunTest {
  private static RunReport report() {
    java.time.Instant at = java.time.Instant.ofEpochMilli(1_000);
    var job =
        new RunReport.JobReport(
            "a.train",
            "done",
            at,
            2,
            java.util.List.of(),
            java.util.List.of(),
            java.util.List.of(),
            java.util.List.of(
                new ModelReport("als", "als-1", "/m/als-1", "published", true, "", "", "f")),
            java.util.List.of(
                new MetricReport("ndcg@10", 0.5, true, Map.of("popular", 0.25)),
                new MetricReport("lift", Double.NaN, true, Map.of())),
            java.util.List.of(),
            java.util.List.of(),
            java.util.List.of(),
            java.util.List.of());
    return new RunReport(
        RunReport.FORMAT,
        "a-1",
        "a",
        "2026-01-31",
        "done",
        java.util.Optional.of(0),
        "",
        at,
        java.util.Optional.of(at.plusMillis(500)),
        "/r",
        "1",
        "3.5",
        "17",
        "app",
        "local",
        "h",
        "u",
        "abc",
        java.util.List.of(job));
  }

  @Test
  void namesAreOnesThatServersTake() {
    Map<String, Object> configuration = new TreeMap<>();
    configuration.put("spark.\"speculation.interval\"", "1s");
    configuration.put("a.train.note", "x".repeat(7000));

    MlflowRun run = MlflowRun.of(report(), configuration);

    assertThat(run.params())
        .extracting(Param::getKey)
        .containsExactly("a.train.note", "spark._speculation.interval_");
    assertThat(run.params().get(0).getValue()).hasSize(6000);
    assertThat(run.metrics())
        .extracting(Metric::getKey)
        .containsExactly("a.train/ndcg_10", "a.train/ndcg_10/popular", "a.train/seconds");
    assertThat(run.metrics()).allMatch(m -> m.getTimestamp() == 1_500);
    assertThat(run.tags())
        .extracting(RunTag::getKey)
        .contains("mlflow.runName", "millrace.model.published.als", "millrace.exit-code")
        .doesNotContain("millrace.message");
  }
}
