package org.millrace.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoreHistogramTest {

  /** The least probability of a bin is in it, and the double before is in the one before. */
  @Test
  void edgesAreExact() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      double p = 1 / (1 + Math.exp(-40 * random.nextGaussian()));
      double least = bin(p).least();
      assertThat(bin(least)).isEqualTo(bin(p));
      assertThat(least).isLessThanOrEqualTo(p);
      if (least > 0) {
        assertThat(bin(Math.nextDown(least)).least()).isLessThan(least);
      }
    }
  }

  @Test
  void theMiddleIsCloseToAllOfABin() {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      double p = 1 / (1 + Math.exp(-10 * random.nextGaussian()));
      assertThat(bin(p).middle()).isCloseTo(p, within(Math.min(p, 1 - p) / 500));
    }
    assertThat(bin(0).middle()).isZero();
    assertThat(bin(0.5).middle()).isEqualTo(0.5);
    assertThat(bin(1)).isEqualTo(new ScoreHistogram.Bin(1, 1, 0, 1));
    assertThat(bin(Math.nextDown(1.0)).least()).isLessThan(1);
  }

  @Test
  void binsOrderAsTheirProbabilitiesAndAddUp() {
    ScoreHistogram histogram = new ScoreHistogram();
    Random random = new Random(5);
    for (int i = 0; i < 5_000; i++) {
      double p = random.nextDouble();
      histogram.merge(one(p, random.nextDouble() < p));
    }
    List<ScoreHistogram.Bin> bins = histogram.bins();
    assertThat(histogram.rows()).isEqualTo(5_000);
    for (int b = 1; b < bins.size(); b++) {
      assertThat(bins.get(b).least()).isGreaterThan(bins.get(b - 1).least());
      assertThat(bins.get(b).middle()).isBetween(bins.get(b).least(), 1.0);
    }
  }

  @Test
  void whatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> one(Double.NaN, true)).isInstanceOf(IllegalArgumentException.class);
  }

  private static ScoreHistogram.Bin bin(double p) {
    return one(p, true).bins().get(0);
  }

  private static ScoreHistogram one(double p, boolean came) {
    ScoreHistogram histogram = new ScoreHistogram();
    histogram.add(p, came);
    return histogram;
  }
}
