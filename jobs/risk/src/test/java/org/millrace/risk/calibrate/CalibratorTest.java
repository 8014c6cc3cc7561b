package org.millrace.risk.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.millrace.eval.CalibrationTally;
import org.millrace.eval.ScoreHistogram;
import org.millrace.risk.Reference;

class CalibratorTest {
  private static final JsonNode REFERENCE = Reference.of("calibration");
  private static final double[] SCORES = Reference.doubles(REFERENCE.get("score"));
  private static final double[] TRUTH = Reference.doubles(REFERENCE.get("truth"));

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static ScoreHistogram histogram() {
    ScoreHistogram histogram = new ScoreHistogram();
    for (int i = 0; i < SCORES.length; i++) {
      histogram.add(sigmoid(SCORES[i]), TRUTH[i] > 0);
    }
    return histogram;
  }

  /** Scikit-learn minimises the same loss by another method. */
  @Test
  void plattsLineIsThatOfScikitLearn() {
    double[] without = Arrays.stream(TRUTH).map(t -> 1 - t).toArray();
    PlattCalibrator line = CalibrationFit.line(SCORES, without, TRUTH);
    double slope = REFERENCE.get("platt").get("slope").asDouble();
    double intercept = REFERENCE.get("platt").get("intercept").asDouble();
    assertThat(line.slope()).isCloseTo(slope, within(1e-4));
    assertThat(line.intercept()).isCloseTo(intercept, within(1e-4));
    PlattCalibrator ofBins = PlattCalibrator.fit(histogram());
    assertThat(ofBins.slope()).isCloseTo(slope, within(5e-3));
    assertThat(ofBins.intercept()).isCloseTo(intercept, within(5e-3));
  }

  @Test
  void isotonicLevelsAreThoseOfScikitLearn() {
    Integer[] order =
        IntStream.range(0, SCORES.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> SCORES[i]))
            .toArray(Integer[]::new);
    double[] x = Arrays.stream(order).mapToDouble(i -> SCORES[i]).toArray();
    double[] y = Arrays.stream(order).mapToDouble(i -> TRUTH[i]).toArray();
    double[] w = new double[x.length];
    Arrays.fill(w, 1);
    Pav pav = Pav.fit(x, y, w);
    double[] expected = Reference.doubles(REFERENCE.get("isotonic"));
    int row = 0;
    for (int b = 0; b < pav.levels().length; b++) {
      for (int i = 0; i < Math.round(pav.weights()[b]); i++) {
        assertThat(pav.levels()[b]).isCloseTo(expected[row++], within(1e-9));
      }
    }
    assertThat(row).isEqualTo(expected.length);
  }

  /** Rows that cannot be told apart by their level are told apart between the centres. */
  @Test
  void isotonicCalibrationKeepsTheOrderAndIsNeverCertain() {
    IsotonicCalibrator calibrator = IsotonicCalibrator.fit(histogram());
    double least = 1.0 / (SCORES.length + 2);
    double before = 0;
    for (int i = 0; i <= 1000; i++) {
      double p = calibrator.calibrate(i / 1000.0);
      assertThat(p).isGreaterThan(before).isBetween(least * 0.999, 1 - least * 0.999);
      before = p;
    }
  }

  /** The truth is planted: log-odds twice as steep as told, and shifted. */
  @Test
  void bothRecoverPlantedProbabilities() {
    Random random = new Random(11);
    ScoreHistogram told = new ScoreHistogram();
    for (int i = 0; i < 200_000; i++) {
      double x = random.nextGaussian();
      told.add(sigmoid(x), random.nextDouble() < sigmoid(2 * x - 1));
    }
    PlattCalibrator platt = PlattCalibrator.fit(told);
    assertThat(platt.slope()).isCloseTo(2, within(0.03));
    assertThat(platt.intercept()).isCloseTo(-1, within(0.03));
    IsotonicCalibrator isotonic = IsotonicCalibrator.fit(told);
    CalibrationTally raw = new CalibrationTally();
    CalibrationTally calibrated = new CalibrationTally();
    for (int i = 0; i < 50_000; i++) {
      double x = random.nextGaussian();
      boolean came = random.nextDouble() < sigmoid(2 * x - 1);
      raw.add(sigmoid(x), came);
      calibrated.add(isotonic.calibrate(sigmoid(x)), came);
      if (Math.abs(x) < 2) {
        assertThat(isotonic.calibrate(sigmoid(x))).isCloseTo(sigmoid(2 * x - 1), within(0.03));
      }
    }
    assertThat(raw.error()).isGreaterThan(0.1);
    assertThat(calibrated.error()).isLessThan(0.01);
  }

  @Test
  void perfectlySeparatedRowsGiveNoInfinities() {
    ScoreHistogram told = new ScoreHistogram();
    for (int i = 0; i < 50; i++) {
      told.add(i < 25 ? 0 : 1, i >= 25);
    }
    for (Calibrator fitted : List.of(PlattCalibrator.fit(told), IsotonicCalibrator.fit(told))) {
      assertThat(fitted.calibrate(0)).isBetween(0.0001, 0.2);
      assertThat(fitted.calibrate(1)).isBetween(0.8, 0.9999);
      assertThat(fitted.calibrate(0.5)).isBetween(0.2, 0.8);
    }
  }

  @Test
  void autoTakesPlattWhileRowsAreFew() {
    CalibrationConfig few = new CalibrationConfig.Auto(1000);
    CalibrationConfig enough = new CalibrationConfig.Auto(100);
    assertThat(few.fit(histogram())).get().isInstanceOf(PlattCalibrator.class);
    assertThat(enough.fit(histogram())).get().isInstanceOf(IsotonicCalibrator.class);
  }

  @Test
  void classesAddUpToOneAndOneThatNeverCameIsLeft() {
    ScoreHistogram never = new ScoreHistogram();
    never.add(0.1, false);
    Calibration calibration =
        CalibrationFit.fit(
                List.of(histogram(), histogram(), never), new CalibrationConfig.Isotonic())
            .orElseThrow();
    double[] p = {0.5, 0.3, 0.2};
    calibration.adjust(p);
    assertThat(Arrays.stream(p).sum()).isCloseTo(1, within(1e-12));
    double first = calibration.classes().get(0).calibrate(0.5);
    double second = calibration.classes().get(1).calibrate(0.3);
    assertThat(p[0] / p[1]).isCloseTo(first / second, within(1e-12));
    assertThat(p[2] / p[1]).isCloseTo(0.2 / second, within(1e-9));
    assertThat(CalibrationFit.fit(List.of(never), new CalibrationConfig.Platt())).isEmpty();
  }

  @Test
  void calibrationsSurviveTheirFiles() throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (CalibrationConfig config :
        List.of(new CalibrationConfig.Isotonic(), new CalibrationConfig.Platt())) {
      Optional<Calibration> fitted = CalibrationFit.fit(List.of(histogram()), config);
      Calibration read =
          json.readValue(json.writeValueAsString(fitted.orElseThrow()), Calibration.class);
      double[] p = {0.37};
      read.adjust(p);
      assertThat(p[0]).isEqualTo(fitted.get().classes().get(0).calibrate(0.37));
    }
  }
}
