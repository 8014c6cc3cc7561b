package org.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.eval.Metric;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;

class GateTest {

  @TempDir Path root;

  private Optional<ModelVersion> current(Metric metric) throws Exception {
    return Optional.of(
        TestModels.publish(
            TestModels.store(root, Keys.none()), "als-1", MeasuredMetric.of(metric, Map.of())));
  }

  private static Metric metric(double value, boolean higherIsBetter) {
    return new Metric("quality", value, higherIsBetter);
  }

  /** Powers of two, so that every difference is exact. */
  @ParameterizedTest
  @CsvSource({
    // value, higher is better, at least, gain asked, current, passes
    "0.75, true,  0.75,  ,      ,     true",
    "0.75, true,  0.5,   ,      ,     true",
    "0.5,  true,  0.75,  ,      ,     false",
    "0.75, false, 0.75,  ,      ,     true",
    "0.5,  false, 0.75,  ,      ,     true",
    "0.75, false, 0.5,   ,      ,     false",
    "0.75, true,  ,      0.25,  ,     true",
    "0.75, true,  ,      0.25,  0.5,  true",
    "0.75, true,  ,      0.25,  0.625, false",
    "0.75, true,  ,      0,     0.75, true",
    "0.75, true,  ,      0,     0.875, false",
    "0.5,  false, ,      0.25,  0.75, true",
    "0.5,  false, ,      0.25,  0.625, false",
    "0.5,  false, ,      0,     0.5,  true",
    "0.75, false, ,      0,     0.5,  false",
    "0.75, true,  0.5,   0.25,  0.5,  true",
    "0.75, true,  0.875, 0.25,  0.5,  false",
    "0.75, true,  0.5,   0.25,  0.625, false",
    "0.75, true,  0.5,   0.25,  ,     true",
    "0.25, true,  0.5,   0.25,  ,     false",
    "NaN,  true,  0.5,   ,      ,     false",
    "NaN,  false, 0.5,   ,      ,     false",
    "NaN,  true,  ,      0,     ,     false",
    "NaN,  false, ,      0,     0.5,  false",
    "0.5,  true,  ,      0,     NaN,  false",
  })
  void judges(
      double value, boolean higher, Double atLeast, Double gain, Double current, boolean passes)
      throws Exception {
    Gate gate = new Gate("quality", Optional.ofNullable(atLeast), Optional.ofNullable(gain));
    Optional<ModelVersion> now =
        current == null ? Optional.empty() : current(metric(current, higher));

    GateVerdict verdict = gate.judge(List.of(metric(value, higher)), now);

    assertThat(verdict.passed()).as(verdict.sentence()).isEqualTo(passes);
    assertThat(verdict.sentence())
        .contains("quality")
        .contains(Double.isNaN(value) ? "NaN" : "" + value);
  }

  @Test
  void sentenceHasTheNumbers() throws Exception {
    Gate gate = new Gate("rmse", Optional.of(0.75), Optional.of(0.25));
    GateVerdict verdict =
        gate.judge(
            List.of(Metric.lowerIsBetter("rmse", 0.5)),
            current(Metric.lowerIsBetter("rmse", 0.625)));

    assertThat(verdict)
        .isEqualTo(
            new GateVerdict.Refused(
                "rmse is 0.5, the gate asks for at most 0.75; rmse is 0.5 against 0.625 of the"
                    + " current version als-1: better by 0.125, the gate asks for 0.25"));
  }

  @Test
  void gainOverAVersionWithoutTheMetricIsRefused() throws Exception {
    Gate gate = new Gate("ndcg", Optional.empty(), Optional.of(0.0));

    GateVerdict verdict =
        gate.judge(
            List.of(Metric.higherIsBetter("ndcg", 0.5)), current(Metric.lowerIsBetter("rmse", 1)));

    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.sentence()).contains("current version als-1 was published without ndcg");
  }

  @Test
  void metricThatTheJobDoesNotMeasureIsWrongUsage() {
    Gate gate = new Gate("auc", Optional.of(0.5), Optional.empty());

    assertThatExceptionOfType(Stop.class)
        .isThrownBy(
            () ->
                gate.judge(
                    List.of(Metric.higherIsBetter("ndcg", 1), Metric.lowerIsBetter("rmse", 1)),
                    Optional.empty()))
        .withMessageContaining("metric auc")
        .withMessageContaining("choose one of: ndcg, rmse")
        .returns(ExitCode.USAGE, Stop::exitCode);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void boundsAreFinite(double bound) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Gate("rmse", Optional.of(bound), Optional.empty()))
        .withMessageContaining(
            "at-least of the gate on rmse must be a finite number, was " + bound);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Gate("rmse", Optional.empty(), Optional.of(bound)))
        .withMessageContaining("was " + bound);
  }

  @Test
  void gateIsValidByConstruction() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Gate(" ", Optional.of(1.0), Optional.empty()))
        .withMessageContaining("name its metric");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Gate("rmse", Optional.empty(), Optional.empty()))
        .withMessageContaining("has no bound");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Gate("rmse", Optional.empty(), Optional.of(-0.5)))
        .withMessageContaining("at least 0, was -0.5");
    assertThat(new Gate("rmse", Optional.of(-0.5), Optional.of(0.0)).atLeast()).contains(-0.5);
  }
}
