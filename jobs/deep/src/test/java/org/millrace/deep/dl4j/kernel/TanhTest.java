package org.millrace.deep.dl4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TanhTest {
  @Test
  void isWithinAMillionthOfTheTrueOne() {
    int count = 200_001;
    float[] x = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (i - 100_000) / 8_000f; // -12.5 to 12.5
    }
    float[] tanh = new float[count];
    Tanh.of(x, tanh, count);
    double worst = 0;
    for (int i = 0; i < count; i++) {
      worst = Math.max(worst, Math.abs(tanh[i] - Math.tanh(x[i])));
    }
    assertThat(worst).isLessThan(1e-6);
  }

  @Test
  void keepsItsEndsAndWhatIsNotANumber() {
    float[] x = {0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, 1e-20f, 5f};
    Tanh.of(x, x, 5);
    assertThat(x[0]).isZero();
    assertThat(x[1]).isBetween(1 - 1e-6f, 1f);
    assertThat(x[2]).isBetween(-1f, -1 + 1e-6f);
    assertThat(x[3]).isNaN();
    assertThat(x[4]).isEqualTo(1e-20f);
    assertThat(x[5]).as("behind the count").isEqualTo(5f);
  }
}
