package org.millrace.forecast.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  private static final double Z80 = 1.2815515655446004;
  private static final int AT_80 = Intervals.LEVELS.indexOf(0.8);
  private static final int AT_95 = Intervals.LEVELS.indexOf(0.95);

  /** Normal values about 0 of so many standard deviations by window, intervals of [-1, 1]. */
  private static Calibration planted(
      int series, int windows, int horizon, IntToDoubleFunction deviation) {
    Calibration calibration = new Calibration(1, horizon, windows, 1);
    Random random = new Random(11);
    for (int s = 0; s < series; s++) {
      Distances distances = Distances.none(1, windows, horizon);
      for (int w = 0; w < windows; w++) {
        for (int h = 0; h < horizon; h++) {
          double truth = random.nextGaussian() * deviation.applyAsDouble(w);
          distances.set(0, w, h, truth, 0, -1, 1);
        }
      }
      calibration.add(Distances.of(distances.bytes(), windows, horizon));
    }
    return calibration;
  }

  @Test
  void tooNarrowIntervalsAreWidenedToTheirShare() {
    double[] radii = planted(5000, 4, 2, w -> 2).of(0).from(0)[1];

    assertThat(radii[AT_80]).isCloseTo(2 * Z80, within(0.12));
    assertThat(radii[AT_95]).isCloseTo(2 * 1.959964, within(0.2));
    Distances fresh = Distances.none(1, 1, 20_000);
    Random random = new Random(12);
    for (int h = 0; h < 20_000; h++) {
      fresh.set(0, 0, h, 2 * random.nextGaussian(), 0, -1, 1);
    }
    double[] everywhere = new double[20_000];
    Arrays.fill(everywhere, radii[AT_80]);
    assertThat(fresh.within(0, 0, everywhere)).isBetween(0.78, 0.82);
  }

  /** An old calm must not make intervals narrow for long, and what is newer is not looked at. */
  @Test
  void olderWindowsCountLessAndNewerOnesNotAtAll() {
    Calibration restless = planted(200, 40, 5, w -> w < 10 ? 4 : 1);
    double all = restless.of(0).from(0)[0][AT_80];
    double before = restless.of(0).from(10)[0][AT_80];

    assertThat(before).isCloseTo(Z80, within(0.1));
    double[] pooled = new double[40 * 2000];
    Random random = new Random(3);
    Arrays.setAll(pooled, i -> Math.abs(random.nextGaussian()) * (i % 40 < 10 ? 4 : 1));
    Arrays.sort(pooled);
    double alike = pooled[(int) (0.8 * pooled.length)];
    assertThat(all).as("wider than if all windows counted alike").isGreaterThan(1.5 * alike);
  }

  /** Distances shrink from window to window, so that intervals from older ones are too wide. */
  @Test
  void levelsFollowWhatWindowsHeld() {
    Calibration calming = planted(300, 24, 4, w -> Math.pow(1.08, w));
    double radius = calming.of(0).from(1)[0][AT_80];

    double held = 2 * new NormalDistribution().cumulativeProbability(radius) - 1;
    assertThat(held).isBetween(0.77, 0.83);
    Calibration steady = planted(300, 24, 4, w -> 1);
    assertThat(steady.of(0).from(1)[0][AT_80]).isCloseTo(Z80, within(0.08));
    Calibration alone = planted(1, 24, 12, w -> 1);
    assertThat(alone.of(0).from(1)[0][AT_80]).as("one series").isCloseTo(Z80, within(0.3));
  }

  /**
   * Values all five times as far as the method's own 80 %: where 4 windows of one series say so, 2
   * more stand for the method, so that 4 of 6 values are at 5 and the others about 1.
   */
  @Test
  void whatFewWindowsSayStandsBesideWhatTheMethodSays() {
    double[] few = fiveTimesAsFar(1, 4).of(0).from(0)[0];
    double shareOfOwn = 2 / (2 + 1 + 0.9 + 0.81 + 0.729);

    assertThat(few[Intervals.LEVELS.indexOf(0.3)]).isLessThan(2);
    assertThat(few[Intervals.LEVELS.indexOf(0.4)]).isCloseTo(5, within(0.2));
    double own = new NormalDistribution().inverseCumulativeProbability(0.5 + 0.1 / shareOfOwn);
    assertThat(few[Intervals.LEVELS.indexOf(0.2)]).isCloseTo(own / Z80, within(0.05));
    double[] many = fiveTimesAsFar(400, 1).of(0).from(0)[0];
    assertThat(many[Intervals.LEVELS.indexOf(0.1)]).as("of 400 series").isCloseTo(5, within(0.2));
  }

  /** Five steps, so that a single series has the 20 values that are the least that is used. */
  private static Calibration fiveTimesAsFar(int series, int windows) {
    Calibration calibration = new Calibration(1, 5, windows, 1);
    for (int s = 0; s < series; s++) {
      Distances one = Distances.none(1, windows, 5);
      for (int w = 0; w < windows; w++) {
        for (int h = 0; h < 5; h++) {
          one.set(0, w, h, 5, 0, -1, 1);
        }
      }
      calibration.add(one);
    }
    return calibration;
  }

  /** Steps that are known well keep what is their own; others share with their neighbours. */
  @Test
  void stepsShareWhatTheyKnowOnlyWhereItIsLittle() {
    for (int series : new int[] {400, 20}) {
      Calibration calibration = new Calibration(1, 3, 1, 1);
      for (int s = 0; s < series; s++) {
        Distances one = Distances.none(1, 1, 3);
        for (int h = 0; h < 3; h++) {
          one.set(0, 0, h, Math.pow(10, h - 1), 0, -1, 1);
        }
        calibration.add(one);
      }
      double last = calibration.of(0).from(0)[2][Intervals.LEVELS.indexOf(0.3)];
      assertThat(last).isCloseTo(series == 400 ? 10 : 0.1, within(series == 400 ? 0.4 : 0.004));
    }
  }

  /**
   * A flat series that jumps: the method has no interval for it, and none that could be widened.
   */
  @Test
  void seriesWithoutAnIntervalDoNotWidenThoseOfOthers() {
    Calibration calibration = planted(50, 4, 2, w -> 1);
    for (int s = 0; s < 30; s++) {
      Distances flat = Distances.none(1, 4, 2);
      for (int w = 0; w < 4; w++) {
        flat.set(0, w, 0, 1000, 1, 1, 1);
        flat.set(0, w, 1, 1000, 1, 0.999, 1.001);
      }
      calibration.add(flat);
    }
    assertThat(calibration.of(0).from(0)[1][AT_80]).isCloseTo(Z80, within(0.2));
  }

  @Test
  void partsAddUpToTheWhole() {
    Calibration whole = planted(8, 3, 4, w -> 1 + w);
    Calibration sum = new Calibration(1, 4, 3, 1);
    Random random = new Random(11);
    for (int s = 0; s < 8; s++) {
      Distances distances = Distances.none(1, 3, 4);
      for (int w = 0; w < 3; w++) {
        for (int h = 0; h < 4; h++) {
          distances.set(0, w, h, random.nextGaussian() * (1 + w), 0, -1, 1);
        }
      }
      sum.add(new Calibration(1, 4, 3, 1).add(distances));
    }

    assertThat(sum.of(0).from(1)).isDeepEqualTo(whole.of(0).from(1));
  }

  @Test
  void tooFewValuesLeaveQuantilesAsTheyAre() {
    double[] radii = planted(1, 2, 9, w -> 1).of(0).from(0)[0];
    double[] quantiles = {1, 2};

    assertThat(radii).containsOnly(Double.NaN);
    assertThat(Intervals.corrected(quantiles, new double[] {0.1, 0.9}, 5, 1, 2, radii))
        .isSameAs(quantiles);
  }

  @Test
  void quantilesMoveToTheirRadiiAndStayInOrder() {
    double[] radii = planted(5000, 1, 1, w -> 3).of(0).from(0)[0];
    double[] probabilities = {0.025, 0.1, 0.5, 0.9, 0.975};
    double[] corrected =
        Intervals.corrected(new double[] {-2, -1, 0, 1, 2}, probabilities, 10, 9, 12, radii);

    assertThat(corrected).isSorted();
    assertThat(corrected[2]).isEqualTo(10);
    assertThat(corrected[1]).isCloseTo(10 - 3 * Z80, within(0.25));
    assertThat(corrected[3]).as("twice as far above").isCloseTo(10 + 6 * Z80, within(0.5));
    assertThat(corrected[4]).isCloseTo(10 + 6 * 1.95996, within(0.6));
  }
}
