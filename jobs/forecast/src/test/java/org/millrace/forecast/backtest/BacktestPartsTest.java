package org.millrace.forecast.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BacktestPartsTest {

  @Test
  void exactSumsDoNotDependOnTheOrder() {
    Random random = new Random(3);
    List<Double> terms = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      terms.add(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
    }
    double truth =
        terms.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add).doubleValue();
    for (int round = 0; round < 5; round++) {
      Collections.shuffle(terms, random);
      ExactSum whole = new ExactSum();
      ExactSum part = new ExactSum();
      for (int i = 0; i < terms.size(); i++) {
        (i % 3 == 0 ? part : whole).add(terms.get(i));
      }
      whole.add(part);

      assertThat(whole.value()).isEqualTo(truth);
    }
  }

  @Test
  void originsGoBackFromTheEndAsFarAsThereIsHistory() {
    Origins origins = new Origins(3, 6, 12, 10);

    assertThat(origins.of(100)).containsExactly(88, 82, 76);
    assertThat(origins.of(30)).containsExactly(18, 12);
    assertThat(origins.of(22)).containsExactly(10);
    assertThat(origins.of(21)).isEmpty();
  }

  /** By hand, on three steps of a series of season 2. */
  @Test
  void measuresAreThoseOfTheBook() {
    double[] history = {1, 4, 3, 4, 2, 9};
    Scale scale = Scale.of(history, 6, 2);
    assertThat(scale.absolute()).isEqualTo((2 + 0 + 1 + 5) / 4.0);
    assertThat(scale.squared()).isEqualTo((4 + 0 + 1 + 25) / 4.0);

    double[] probabilities = {0.025, 0.1, 0.9, 0.975};
    Tally tally = new Tally();
    tally.add(new Point(10, 8, new double[] {4, 6, 9, 12}, probabilities, scale));
    tally.add(new Point(5, 5, new double[] {4, 6, 9, 12}, probabilities, scale));
    double[] values = tally.values();

    assertThat(values[Measure.MAE.index()]).isEqualTo(1);
    assertThat(values[Measure.RMSE.index()]).isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(values[Measure.SMAPE.index()]).isCloseTo(2 * 2 / 18.0 / 2, within(1e-12));
    assertThat(values[Measure.MASE.index()]).isEqualTo(0.5);
    assertThat(values[Measure.RMSSE.index()]).isCloseTo(Math.sqrt(4 / 7.5 / 2), within(1e-12));
    assertThat(values[Measure.COVERAGE_80.index()]).isZero();
    assertThat(values[Measure.COVERAGE_95.index()]).isEqualTo(1);
    double first = (0.025 * 6 + 0.1 * 4 + 0.9 * 1 + 0.025 * 2) / 4;
    double second = (0.025 * 1 + 0.9 * 1 + 0.1 * 4 + 0.025 * 7) / 4;
    assertThat(values[Measure.PINBALL.index()]).isCloseTo((first + second) / 2, within(1e-12));
    assertThat(values[Measure.SCALED_PINBALL.index()])
        .isCloseTo((first + second) / 4, within(1e-12));
  }

  @Test
  void cellsAddUpAndAreTheSameWhenTheyAreReadBack() {
    Scale scale = new Scale(2, 4);
    double[] probabilities = {0.025, 0.1, 0.9, 0.975};
    Cell all = new Cell();
    Cell one = new Cell();
    Cell two = new Cell();
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      Point point =
          new Point(
              random.nextGaussian(), 0, new double[] {-2, -1.3, 1.3, 2}, probabilities, scale);
      all.add(point);
      (i < 20 ? one : two).add(point);
    }
    Cell sum = Cell.of(one.toBytes()).add(Cell.of(two.toBytes()));

    for (Measure measure : Measure.values()) {
      assertThat(sum.value(measure)).as(measure.id()).isEqualTo(all.value(measure));
    }
    assertThat(sum.value(Measure.MASE)).isPositive();
  }

  @Test
  void windowsThatOverlapAreKnownLater() {
    assertThat(new Origins(3, 6, 12, 10).lag()).isEqualTo(2);
    assertThat(new Origins(3, 5, 12, 10).lag()).isEqualTo(3);
    assertThat(new Origins(3, 12, 12, 10).lag()).isEqualTo(1);
    assertThat(new Origins(3, 20, 12, 10).lag()).isEqualTo(1);
  }

  private static final boolean[] WORK = {false, false};

  @Test
  void theLeaderStaysUnlessAnotherIsBetterBeyondDoubt() {
    Chooser chooser = new Chooser(new double[] {1, 1.2}, WORK, 1.5, 1);

    assertThat(chooser.leader()).isZero();
    assertThat(
            choose(chooser, new double[] {1.0, 1.1, 0.9, 1.0}, new double[] {0.8, 0.9, 0.8, 0.7}))
        .as("always clearly better")
        .isEqualTo(1);
    assertThat(
            choose(chooser, new double[] {1.0, 1.1, 0.9, 1.0}, new double[] {0.2, 1.4, 0.9, 1.2}))
        .as("better on average, by one window")
        .isZero();
    assertThat(
            choose(
                new Chooser(new double[] {1, 1.2}, WORK, 0, 1),
                new double[] {1.0, 1.1, 0.9, 1.0},
                new double[] {0.2, 1.4, 0.9, 1.2}))
        .as("which is enough without doubt")
        .isEqualTo(1);
    assertThat(choose(chooser, new double[] {1, 1}, new double[] {0.1, 0.1}))
        .as("two windows say nothing")
        .isZero();
    assertThat(chooser.choose(new double[][] {{9, 9, 1, 1, 1}, {1, 1, 2, 2, 2}}, WORK, 2))
        .as("newer windows are not looked at")
        .isZero();
    assertThat(chooser.choose(new double[2][0], WORK, 0)).isZero();
  }

  private static int choose(Chooser chooser, double[] one, double[] other) {
    return chooser.choose(new double[][] {one, other}, WORK, 0);
  }

  @Test
  void overlappingWindowsSayLess() {
    double[] leader = {1.0, 1.1, 0.9, 1.0};
    double[] other = {0.6, 1.1, 0.7, 0.8};

    assertThat(choose(new Chooser(new double[] {1, 1.2}, WORK, 1.5, 1), leader, other))
        .isEqualTo(1);
    assertThat(choose(new Chooser(new double[] {1, 1.2}, WORK, 1.5, 3), leader, other)).isZero();
    assertThat(choose(new Chooser(new double[] {1, 1.2}, WORK, 0, 2), leader, other))
        .as("two that do not overlap")
        .isZero();
    assertThat(
            choose(
                new Chooser(new double[] {1, 1.2}, WORK, 0, 2),
                new double[] {1.0, 1.1, 0.9, 1.0, 1.0},
                new double[] {0.6, 1.1, 0.7, 0.8, 1.0}))
        .as("three")
        .isEqualTo(1);
  }

  @Test
  void relativeErrorsAreOverThoseOfAllMethodsInTheWindow() {
    double nan = Double.NaN;

    assertThat(Chooser.relative(new double[] {1, nan, 3})).containsExactly(0.5, nan, 1.5);
    assertThat(Chooser.relative(new double[] {0, 0})).containsOnly(nan);
  }

  @Test
  void fewWindowsOfAllSeriesSayLittle() {
    assertThat(Chooser.overall(0.4, 1, 1)).isEqualTo(0.7);
    assertThat(Chooser.overall(0.4, 5, 1)).isCloseTo(0.5, within(1e-12));
    assertThat(Chooser.overall(0.4, 10, 10)).as("ten that overlap are one").isEqualTo(0.7);
    assertThat(Chooser.overall(Double.NaN, 5, 1)).isNaN();
  }

  @Test
  void theWinnerErrsLeastOverAllWindowsThatWereMeasured() {
    double nan = Double.NaN;

    assertThat(Chooser.winner(new double[][] {{3, 1}, {1, 1}, {nan, 1}})).isEqualTo(1);
    assertThat(Chooser.winner(new double[][] {{3, 1}, {1, 2}, {nan, 0.5}})).isEqualTo(2);
    assertThat(Chooser.winner(new double[][] {{nan}, {nan}})).isEqualTo(-1);
  }

  @Test
  void combinationsLeadUnlessTheyErrMuchMore() {
    boolean[] combined = {false, true, true};

    assertThat(new Chooser(new double[] {1, 1.24, 1.23}, combined, 1.5, 1).leader()).isEqualTo(2);
    assertThat(new Chooser(new double[] {1, 1.6, 1.36}, combined, 1.5, 1).leader()).isZero();
    assertThat(new Chooser(new double[] {Double.NaN, Double.NaN, 3}, combined, 1.5, 1).leader())
        .isEqualTo(2);
  }

  @Test
  void whatFailedIsNotChosen() {
    Chooser chooser = new Chooser(new double[] {1, 2}, WORK, 1.5, 1);
    double nan = Double.NaN;
    double[][] errors = {{nan, nan, nan}, {2, 2, 2}};

    assertThat(chooser.choose(errors, new boolean[] {true, false}, 0)).isEqualTo(1);
    assertThat(
            chooser.choose(new double[][] {{2, 2, 2}, {1, 1, 1}}, new boolean[] {false, true}, 0))
        .isZero();
    assertThat(chooser.choose(errors, new boolean[] {true, true}, 0)).isZero();
  }
}
