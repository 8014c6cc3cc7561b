package org.millrace.deep.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Ten steps an epoch; expectations worked out by hand. */
class LearningRateTest {
  private static double[] rates(double warmUp, Decay decay, long... steps) {
    LearningRate rate = new LearningRate(0.8, warmUp, decay);
    return Arrays.stream(steps).mapToDouble(s -> rate.at(s, 10)).toArray();
  }

  @Test
  void itFollowsItsFormula() {
    assertThat(rates(0, new Decay.Constant(), 0, 1000)).containsExactly(0.8, 0.8);
    assertThat(rates(0, new Decay.Steps(2, 0.5), 0, 19, 20, 40))
        .containsExactly(0.8, 0.8, 0.4, 0.2);
    assertThat(rates(0, new Decay.Exponential(0.25), 0, 5, 10))
        .containsExactly(new double[] {0.8, 0.4, 0.2}, within(1e-12));
    assertThat(rates(0, new Decay.Cosine(4, 0.5), 0, 20, 40, 99))
        .containsExactly(new double[] {0.8, 0.6, 0.4, 0.4}, within(1e-12));
    assertThat(rates(0, new Decay.Polynomial(4, 2), 0, 20, 40, 99))
        .containsExactly(new double[] {0.8, 0.2, 0, 0}, within(1e-12));
  }

  @Test
  void itWarmsUpEvenly() {
    assertThat(rates(0.4, new Decay.Constant(), 0, 1, 2, 3, 4))
        .containsExactly(new double[] {0.2, 0.4, 0.6, 0.8, 0.8}, within(1e-12));
  }
}
