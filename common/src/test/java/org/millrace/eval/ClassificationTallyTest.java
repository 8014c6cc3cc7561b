package org.millrace.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class ClassificationTallyTest {
  private static JsonNode reference() throws IOException {
    try (InputStream file =
        ClassificationTallyTest.class.getResourceAsStream("/classification-reference.json")) {
      return new ObjectMapper().readTree(file);
    }
  }

  private static ClassificationTally tally(JsonNode reference, int from, int to) {
    ClassificationTally tally = new ClassificationTally(3);
    for (int i = from; i < to; i++) {
      JsonNode row = reference.get("scores").get(i);
      float[] scores = new float[3];
      for (int c = 0; c < 3; c++) {
        scores[c] = (float) row.get(c).asDouble();
      }
      tally.add(reference.get("truth").get(i).asInt(), scores);
    }
    return tally;
  }

  /** scripts/classification_reference.py asks scikit-learn. */
  @Test
  void metricsAreThoseOfScikitLearn() throws IOException {
    JsonNode reference = reference();
    ClassificationTally tally = tally(reference, 0, 400);
    assertThat(tally.metrics()).extracting(Metric::name).isEqualTo(ClassificationTally.names());
    for (Metric metric : tally.metrics()) {
      // The area is measured in bins, within which rows are tied.
      assertThat(metric.value())
          .as(metric.name())
          .isCloseTo(
              reference.get("metrics").get(metric.name()).asDouble(),
              within(metric.name().equals("roc-auc") ? 1e-3 : 1e-6));
    }
    for (int t = 0; t < 3; t++) {
      for (int p = 0; p < 3; p++) {
        assertThat(tally.confused(t, p))
            .isEqualTo(reference.get("confusion").get(t).get(p).asLong());
      }
    }
  }

  @Test
  void talliesOfPartsAddUp() throws IOException {
    JsonNode reference = reference();
    ClassificationTally whole = tally(reference, 0, 400);
    ClassificationTally parts = tally(reference, 0, 150).merge(tally(reference, 150, 400));
    assertThat(parts.rows()).isEqualTo(400);
    for (int i = 0; i < whole.metrics().size(); i++) {
      assertThat(parts.metrics().get(i).value())
          .isCloseTo(whole.metrics().get(i).value(), within(1e-12));
    }
    assertThat(parts.calibration()).hasSameSizeAs(whole.calibration());
  }

  @Test
  void rareOutcomesKeepTheirOrderFarBelowTheWidthOfABin() {
    ClassificationTally tally = new ClassificationTally(2);
    for (int i = 1; i <= 1000; i++) {
      boolean came = i > 900;
      float p = i * 1e-7f;
      tally.add(came ? 1 : 0, new float[] {1 - p, p});
    }
    assertThat(tally.of(1).areaUnderRoc()).isCloseTo(1, within(1e-3));
    assertThat(tally.of(1).precision()).isZero();
    assertThat(tally.largestShare()).isEqualTo(0.9);
  }

  @Test
  void oneClassAloneHasNoArea() {
    ClassificationTally tally = new ClassificationTally(2);
    tally.add(0, new float[] {0.9f, 0.1f});
    assertThat(tally.of(1).areaUnderRoc()).isNaN();
  }

  @Test
  void aCalibratedForecastHasACalibrationErrorNearZero() {
    ClassificationTally tally = new ClassificationTally(2);
    for (int i = 0; i < 100; i++) {
      tally.add(i < 75 ? 1 : 0, new float[] {0.25f, 0.75f});
    }
    assertThat(tally.metrics().get(7)).isEqualTo(Metric.lowerIsBetter("ece", 0));
    assertThat(tally.calibration()).containsExactly(new CalibrationBin(100, 0.75, 0.75));
  }
}
