package org.millrace.text.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SigmoidTest {
  @Test
  void thePlantedSigmoidIsFound() {
    Random random = new Random(2);
    double[] sums = random.doubles(20_000, -3, 3).toArray();
    boolean[] own = new boolean[sums.length];
    for (int i = 0; i < sums.length; i++) {
      own[i] = random.nextDouble() < 1 / (1 + Math.exp(-1.7 * sums[i] + 0.8));
    }
    Sigmoid found = Sigmoid.fit(sums, own);

    assertThat(found.slope()).isCloseTo(1.7, within(0.1));
    assertThat(found.offset()).isCloseTo(-0.8, within(0.1));
  }

  /** As Platt's targets have it: no row is surer than (n + 1) / (n + 2). */
  @Test
  void sumsThatTellTheClassesApartDoNotMakeItSurerThanItsRowsAllow() {
    Sigmoid found =
        Sigmoid.fit(
            new double[] {-3, -2, -2, -1, 1, 2, 3},
            new boolean[] {false, false, false, false, true, true, true});

    assertThat(found.slope()).isBetween(0.5, 20.0);
    assertThat(1 / (1 + Math.exp(-3 * found.slope() - found.offset()))).isBetween(0.7, 0.9);
  }

  @Test
  void sumsThatSpeakAgainstTheirClassSayNothing() {
    Sigmoid found =
        Sigmoid.fit(
            new double[] {3, 2, 2, 1, -1}, new boolean[] {false, false, false, false, true});

    assertThat(found.slope()).isZero();
    assertThat(1 / (1 + Math.exp(-found.offset()))).isCloseTo(2.0 / 7, within(1e-9));
  }
}
