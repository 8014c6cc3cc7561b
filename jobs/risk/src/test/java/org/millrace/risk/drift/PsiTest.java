package org.millrace.risk.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PsiTest {

  @Test
  void isTheSumOverBinsAsOneAddsItUpByHand() {
    // Half a row in each bin: p = 50.5 / 101 twice, q = 75.5 / 101 and 25.5 / 101.
    double q = 75.5 / 101;
    double byHand = (q - 0.5) * Math.log(q / 0.5) + (0.5 - q) * Math.log((1 - q) / 0.5);
    assertThat(Psi.of(new long[] {50, 50}, new long[] {75, 25})).isCloseTo(byHand, within(1e-12));
    // Of so many rows the halves do not matter: 0.3 log(4) + 0.3 log(1.5).
    assertThat(Psi.of(new long[] {400_000, 600_000}, new long[] {100_000, 900_000}))
        .isCloseTo(0.3 * Math.log(4) + 0.3 * Math.log(1.5), within(1e-4));
  }

  @Test
  void anEmptyBinIsFiniteAndOneThatIsAlwaysEmptyDoesNotCount() {
    long[] before = {100, 0, 0};
    long[] now = {10, 10, 0};
    assertThat(Psi.of(before, now))
        .isEqualTo(Psi.of(new long[] {100, 0}, new long[] {10, 10}))
        .isGreaterThan(1);
    assertThat(Psi.byChance(before, now)).isCloseTo(1.0 / 100 + 1.0 / 20, within(1e-12));
    assertThat(Psi.of(before, before)).isZero();
    assertThat(Psi.of(before, new long[3])).isNaN();
    assertThat(Psi.rarelyByChance(new long[] {5}, new long[] {7})).isZero();
  }

  /** 10 bins, 2,000 pairs of samples of the same distribution. */
  @Test
  void whatChanceGivesIsWhatItIsSaidToGive() {
    Random random = new Random(7);
    double sum = 0;
    int beyond = 0;
    int pairs = 2_000;
    for (int i = 0; i < pairs; i++) {
      long[] before = sample(random, 5_000);
      long[] now = sample(random, 800);
      double psi = Psi.of(before, now);
      sum += psi;
      beyond += psi > Psi.rarelyByChance(before, now) ? 1 : 0;
    }
    double told = Psi.byChance(sample(random, 5_000), sample(random, 800));
    assertThat(told).isCloseTo(9 * (1.0 / 5_000 + 1.0 / 800), within(1e-12));
    assertThat(sum / pairs).isCloseTo(told, within(0.05 * told));
    assertThat(beyond).isLessThan(4);
  }

  private static long[] sample(Random random, int rows) {
    long[] bins = new long[10];
    for (int r = 0; r < rows; r++) {
      bins[random.nextInt(10)]++;
    }
    return bins;
  }
}
