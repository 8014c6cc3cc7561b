package org.millrace.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.report.RunReport.MetricReport;

class RunJsonTest {
  private static final ObjectMapper PLAIN = new ObjectMapper();

  @Test
  void whatWasWrittenReadsBackEqual() throws IOException {
    for (RunReport report :
        List.of(
            SampleRuns.recommendation(),
            SampleRuns.running(),
            SampleRuns.ended("failed", 1, "The disk is full."))) {
      assertThat(RunJson.read(RunJson.write(report))).isEqualTo(report);
    }
  }

  @Test
  void sameReportGivesSameBytes() throws IOException {
    byte[] once = RunJson.write(SampleRuns.recommendation());
    assertThat(RunJson.write(RunJson.read(once))).isEqualTo(once);
    assertThat(new String(once, UTF_8)).endsWith("}\n").doesNotContain("\r");
  }

  @Test
  void baselinesKeepTheirOrder() throws IOException {
    Map<String, Double> baselines = new LinkedHashMap<>();
    baselines.put("zero", 1.0);
    baselines.put("alpha", 2.0);
    RunReport report = measured(new MetricReport("m", 3, true, baselines));

    MetricReport read = RunJson.read(RunJson.write(report)).jobs().get(0).metrics().get(0);

    assertThat(read.baselines().keySet()).containsExactly("zero", "alpha");
  }

  @Test
  void numbersThatAreNotFiniteAreNull() throws IOException {
    for (double value :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      byte[] json = RunJson.write(measured(new MetricReport("m", value, true, Map.of("b", value))));
      JsonNode metric = PLAIN.readTree(json).at("/jobs/0/metrics/0");

      assertThat(metric.get("value").isNull()).isTrue();
      assertThat(metric.at("/baselines/b").isNull()).isTrue();
      MetricReport read = RunJson.read(json).jobs().get(0).metrics().get(0);
      assertThat(read.value()).isNaN();
      assertThat(read.baselines().get("b")).isNaN();
    }
  }

  @Test
  void instantsAreInUtcAndWhatARunningRunLacksIsNull() throws IOException {
    JsonNode running = PLAIN.readTree(RunJson.write(SampleRuns.running()));

    assertThat(running.get("started_at").asText()).isEqualTo("2024-05-01T04:10:00Z");
    assertThat(running.get("ended_at").isNull()).isTrue();
    assertThat(running.get("exit_code").isNull()).isTrue();
  }

  @Test
  void aKeyOfANewerVersionIsPassedOver() throws IOException {
    String json = new String(RunJson.write(SampleRuns.running()), UTF_8);
    String newer = json.replaceFirst("\\{", "{ \"colour\" : \"blue\",");

    assertThat(RunJson.read(newer.getBytes(UTF_8))).isEqualTo(SampleRuns.running());
  }

  @Test
  void aMissingKeyAnotherFormatAndABadInstantAreNamed() {
    String json = new String(RunJson.write(SampleRuns.running()), UTF_8);

    assertThatThrownBy(() -> read(json.replace("\"host\"", "\"hots\"")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("host");
    assertThatThrownBy(() -> read(json.replace("millrace-run/1", "millrace-run/9")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("millrace-run/9")
        .hasMessageContaining("millrace-run/1");
    assertThatThrownBy(() -> read(json.replace("2024-05-01T04", "2024-05-01 04")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("2024-05-01 04:10:00Z");
    assertThatThrownBy(() -> read("no JSON")).isInstanceOf(IOException.class);
  }

  private static RunReport read(String json) throws IOException {
    return RunJson.read(json.getBytes(UTF_8));
  }

  private static RunReport measured(MetricReport metric) {
    return SampleRuns.ended(
        "done",
        0,
        "",
        SampleRuns.job("j", "done", List.of(), List.of(metric), List.of(), List.of(), List.of()));
  }
}
