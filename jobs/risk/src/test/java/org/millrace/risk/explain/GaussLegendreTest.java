package org.millrace.risk.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussLegendreTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 15, 30})
  void integratesPolynomialsExactly(int n) {
    GaussLegendre rule = GaussLegendre.of(n);
    for (int power = 0; power < 2 * n; power++) {
      double integral = 0;
      for (int q = 0; q < n; q++) {
        integral += rule.weights()[q] * Math.pow(rule.points()[q], power);
      }
      assertThat(integral).isCloseTo(1.0 / (power + 1), within(1e-14));
    }
  }
}
