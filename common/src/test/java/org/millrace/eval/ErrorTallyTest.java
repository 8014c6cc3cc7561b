package org.millrace.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ErrorTallyTest {
  @Test
  void errorsAreThoseOfTheirDefinitions() {
    ErrorTally tally = new ErrorTally();
    tally.add(1, 3);
    tally.merge(one(-2, -1)).merge(one(0, 0));
    assertThat(tally.pairs()).isEqualTo(3);
    assertThat(tally.metrics()).extracting(Metric::name).isEqualTo(ErrorTally.names());
    assertThat(tally.metrics().get(0).value()).isEqualTo(1);
    assertThat(tally.metrics().get(1).value()).isCloseTo(Math.sqrt(5 / 3.0), within(1e-12));
    assertThat(tally.metrics().get(2).value())
        .isCloseTo((2 * 2 / 4.0 + 2 * 1 / 3.0) / 3, within(1e-12));
  }

  private static ErrorTally one(double truth, double predicted) {
    ErrorTally tally = new ErrorTally();
    tally.add(truth, predicted);
    return tally;
  }
}
