package org.millrace.features.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import scala.collection.JavaConverters;

/** Chance has a seed here, and nowhere else. */
class NoiseTest {
  private static final Bounds ONE = new Bounds(1, 1);

  private static Object column(Double... numbers) {
    return JavaConverters.asScalaBuffer(Arrays.asList(numbers));
  }

  @Test
  void noiseHasTheStatedScale() {
    LaplaceNoise noise = new LaplaceNoise(new Random(1));
    for (double scale : new double[] {0.5, 7, 300}) {
      int n = 20_000;
      double absolute = 0;
      double mean = 0;
      int within = 0;
      for (int i = 0; i < n; i++) {
        double error = noise.add(1000, scale * 0.1, 0.1) - 1000;
        absolute += Math.abs(error) / n;
        mean += error / n;
        within += Math.abs(error) < scale * Math.log(2) ? 1 : 0;
      }
      // Of Laplace's distribution: mean absolute value = scale, median of it = scale ln 2.
      assertThat(absolute / scale).isBetween(0.97, 1.03);
      assertThat(mean / scale).isBetween(-0.04, 0.04);
      assertThat((double) within / n).isBetween(0.49, 0.51);
    }
  }

  @Test
  void noisyValuesLieOnAGridThatDoesNotDependOnTheValue() {
    LaplaceNoise noise = new LaplaceNoise(new Random(2));
    double step = 0x1p-39;
    for (int i = 0; i < 1000; i++) {
      double steps = noise.add(Math.PI * i, 1, 0.6) / step;
      assertThat(steps).isEqualTo(Math.rint(steps));
    }
  }

  /** The error of a mean of 2,000 persons, over 2,000 repetitions, beside what theory says. */
  @Test
  void theErrorOfAPrivateMeanIsWhatTheoryAndTheTableSay() {
    Statistic mean = new Statistic.Mean("x", 0, 100, 0.5);
    Random values = new Random(3);
    double[] x = values.doubles(2000, 0, 100).toArray();
    double exact = Arrays.stream(x).average().orElseThrow();
    double distance = Arrays.stream(x).map(v -> v - 50).sum();
    Row group = RowFactory.create("{}", 2000.0, column(distance, 2000.0));
    LaplaceNoise noise = new LaplaceNoise(new Random(5));
    int repetitions = 2000;
    double squares = 0;
    double told = 0;
    for (int i = 0; i < repetitions; i++) {
      Statistic.Released released = mean.release(group, 2, ONE, noise).get(0);
      squares += Math.pow(released.value() - exact, 2) / repetitions;
      told += released.noise() / repetitions;
    }
    // Half of epsilon each: the sum's scale is 50 / 0.25, the count's 1 / 0.25.
    double ofSum = Math.sqrt(2) * 50 / 0.25;
    double ofCount = Math.sqrt(2) / 0.25 * (exact - 50);
    double theory = Math.hypot(ofSum, ofCount) / 2000;
    assertThat(Math.sqrt(squares) / theory).isBetween(0.95, 1.05);
    assertThat(told / theory).isBetween(0.99, 1.01);
  }

  /** Greatest ln(p1/p2) over bins of two samples, without what chance alone explains. */
  private static double loss(DoubleSupplier one, DoubleSupplier other, double width) {
    int n = 60_000;
    int bins = 41;
    double[][] counts = new double[2][bins];
    for (int i = 0; i < n; i++) {
      counts[0][bin(one.getAsDouble() / width, bins)]++;
      counts[1][bin(other.getAsDouble() / width, bins)]++;
    }
    double worst = 0;
    for (int i = 0; i < bins; i++) {
      double a = counts[0][i];
      double b = counts[1][i];
      if (Math.min(a, b) >= 30) {
        double chance = 4 * Math.sqrt(1 / a + 1 / b);
        worst = Math.max(worst, Math.abs(Math.log(a / b)) - chance);
      }
    }
    return worst;
  }

  private static int bin(double x, int bins) {
    return (int) Math.max(0, Math.min(bins - 1.0, Math.floor(x + bins / 2.0)));
  }

  /** What one person can change at most, in each statistic. */
  @Test
  void neighbouringTablesAreToldApartNoBetterThanEpsilonAllows() {
    double epsilon = 1;
    Bounds bounds = new Bounds(2, 3);
    LaplaceNoise noise = new LaplaceNoise(new Random(7));
    // Of two groups that a person may be in this is one: half of epsilon shows here.
    double here = epsilon / 2;
    Statistic count = new Statistic.Count("*", epsilon);
    assertThat(
            loss(told(count, 100.0, bounds, noise, 100), told(count, 103.0, bounds, noise, 100), 2))
        .isBetween(here / 2, here);
    Statistic sum = new Statistic.Sum("x", -10, 5, epsilon);
    assertThat(loss(told(sum, 0.0, bounds, noise, 0), told(sum, -30.0, bounds, noise, 0), 20))
        .isBetween(here / 2, here);
    Statistic mean = new Statistic.Mean("x", 0, 100, epsilon);
    assertThat(
            loss(
                told(mean, column(0.0, 100.0), bounds, noise, 50),
                told(mean, column(150.0, 103.0), bounds, noise, 50),
                3))
        .isLessThanOrEqualTo(here);
  }

  @Test
  void theTestFindsNoiseThatIsTooSmall() {
    LaplaceNoise noise = new LaplaceNoise(new Random(8));
    Statistic count = new Statistic.Count("*", 1);
    // A person with two rows, where the noise is for one.
    assertThat(loss(told(count, 100.0, ONE, noise, 100), told(count, 102.0, ONE, noise, 100), 1))
        .isGreaterThan(1.2);
  }

  private static DoubleSupplier told(
      Statistic statistic, Object exact, Bounds bounds, LaplaceNoise noise, double origin) {
    Row group = RowFactory.create("{}", 1.0, exact);
    return () -> statistic.release(group, 2, bounds, noise).get(0).value() - origin;
  }

  @Test
  void aGroupOfOnePersonIsToldAsRarelyAsDeltaSays() {
    GroupChoice choice = new GroupChoice(1, 0.02);
    LaplaceNoise noise = new LaplaceNoise(new Random(9));
    Bounds bounds = new Bounds(2, 1);
    int n = 100_000;
    int alone = 0;
    int many = 0;
    for (int i = 0; i < n; i++) {
      alone += choice.mayBeTold(1, bounds, noise) ? 1 : 0;
      many += choice.mayBeTold(40, bounds, noise) ? 1 : 0;
    }
    // In each of the two groups that one person may be in.
    assertThat((double) alone / n).isBetween(0.009, 0.011);
    assertThat((double) many / n).isGreaterThan(0.999);
  }

  @Test
  void quantilesOfManyValuesAreNearAndCostTheSameHoweverMany() {
    Random values = new Random(10);
    Long[] counts = new Long[100];
    Arrays.fill(counts, 0L);
    for (int i = 0; i < 50_000; i++) {
      counts[(int) Math.min(99, Math.max(0, 50 + 12 * values.nextGaussian()))]++;
    }
    List<Double> probabilities = List.of(0.0, 0.1, 0.5, 0.9, 1.0);
    List<NoisyTree.Quantile> told =
        new NoisyTree(Arrays.asList(counts), 1, 1, new LaplaceNoise(new Random(11)))
            .quantiles(probabilities);
    assertThat(told.get(1).place()).isBetween(34.0, 35.6);
    assertThat(told.get(2).place()).isBetween(49.5, 50.6);
    assertThat(told.get(3).place()).isBetween(64.4, 66.0);
    assertThat(told).isSortedAccordingTo(java.util.Comparator.comparing(NoisyTree.Quantile::place));
    NoisyTree again = new NoisyTree(Arrays.asList(counts), 1, 1, new LaplaceNoise(new Random(12)));
    assertThat(again.quantiles(List.of(0.3))).isEqualTo(again.quantiles(List.of(0.3)));
    List<NoisyTree.Quantile> nothing =
        new NoisyTree(List.of(0L, 0L, 0L), 1, 1, new LaplaceNoise(new Random(13)))
            .quantiles(probabilities);
    assertThat(nothing).allSatisfy(q -> assertThat(q.place()).isBetween(0.0, 3.0));
  }
}
