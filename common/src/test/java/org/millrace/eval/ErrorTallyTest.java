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

  /** Against the definitions, on numbers far from 0 whose variance is small. */
  @Test
  void explainedVarianceAndRelativeErrorAddUp() {
    double[] truth = {1e6 + 1, 1e6 + 4, 1e6 - 2, 0, 1e6 + 3};
    double[] told = {1e6 + 2, 1e6 + 2, 1e6 - 2, 5, 1e6 + 9};
    ErrorTally tally = new ErrorTally();
    double mean = 0;
    double relative = 0;
    for (int i = 0; i < truth.length; i++) {
      tally.merge(one(truth[i], told[i]));
      mean += truth[i] / truth.length;
      relative += truth[i] == 0 ? 0 : Math.abs(truth[i] - told[i]) / truth[i] / 4;
    }
    double errors = 0;
    double spread = 0;
    for (int i = 0; i < truth.length; i++) {
      errors += Math.pow(truth[i] - told[i], 2);
      spread += Math.pow(truth[i] - mean, 2);
    }
    assertThat(tally.r2()).isCloseTo(1 - errors / spread, within(1e-12));
    assertThat(tally.mape()).isCloseTo(relative, within(1e-12));
    assertThat(one(0, 1).mape()).isNaN();
    assertThat(one(3, 1).r2()).isNaN();
  }

  private static ErrorTally one(double truth, double predicted) {
    ErrorTally tally = new ErrorTally();
    tally.add(truth, predicted);
    return tally;
  }
}
