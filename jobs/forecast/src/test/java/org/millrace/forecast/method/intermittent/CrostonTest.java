package org.millrace.forecast.method.intermittent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.Prediction;
import org.millrace.forecast.method.intermittent.Croston.Variant;
import org.millrace.forecast.series.History;

class CrostonTest {
  private static Prediction predict(Variant variant, double... values) throws Method.Unfit {
    return new Croston(variant, 0.1).fit(History.of(values)).predict(3, new double[0][]);
  }

  /** Demands of 4, 2 and 6 after 2, 3 and 1 steps, worked out by the recursions of the papers. */
  @Test
  void sizesAndIntervalsAreSmoothedApart() throws Method.Unfit {
    double[] values = {0, 4, 0, 0, 2, 6, 0};
    double size = (4 + 0.1 * (2 - 4)) + 0.1 * (6 - (4 + 0.1 * (2 - 4)));
    double interval = (2 + 0.1 * (3 - 2)) + 0.1 * (1 - (2 + 0.1 * (3 - 2)));
    assertThat(predict(Variant.CROSTON, values).mean(0)).isCloseTo(size / interval, within(1e-12));
    assertThat(predict(Variant.SBA, values).mean(2))
        .isCloseTo(0.95 * size / interval, within(1e-12));
    double chance = 0.5;
    for (int came : new int[] {0, 0, 1, 1, 0}) {
      chance += 0.1 * (came - chance);
    }
    assertThat(predict(Variant.TSB, values).mean(1)).isCloseTo(size * chance, within(1e-12));
  }

  @Test
  void plantedDemandIsFoundWithoutBiasBySba() throws Method.Unfit {
    Random random = new Random(5);
    double sum = 0;
    int runs = 400;
    for (int r = 0; r < runs; r++) {
      double[] values = new double[400];
      for (int t = 0; t < values.length; t++) {
        values[t] = random.nextDouble() < 0.25 ? 1 + random.nextInt(9) : 0;
      }
      sum += predict(Variant.SBA, values).mean(0);
    }
    assertThat(sum / runs).isCloseTo(0.25 * 5, within(0.04));
  }

  @Test
  void quantilesAreOfZeroAndTheDemandsThatCame() throws Method.Unfit {
    double[] values = new double[100];
    for (int t = 3; t < values.length; t += 4) {
      values[t] = t % 8 == 3 ? 10 : 20;
    }
    Prediction prediction = predict(Variant.CROSTON, values);
    assertThat(prediction.quantile(0, 0.5)).isZero();
    assertThat(prediction.quantile(0, 0.8)).isEqualTo(10);
    assertThat(prediction.quantile(0, 0.95)).isEqualTo(20);
  }

  @Test
  void awkwardSeriesAreTold() throws Method.Unfit {
    for (Variant variant : Variant.values()) {
      assertThat(predict(variant, 0, 0, 0).mean(0)).isZero();
      assertThat(predict(variant, 0, 0, 0).quantile(0, 0.99)).isZero();
      assertThat(predict(variant, 7).mean(0)).isPositive();
      assertThatThrownBy(() -> predict(variant, 1, -2))
          .isInstanceOf(Method.Unfit.class)
          .hasMessageContaining("-2.0");
      assertThatThrownBy(() -> predict(variant)).isInstanceOf(Method.Unfit.class);
    }
    assertThat(predict(Variant.TSB, 5, 5, 0, 0, 0, 0, 0, 0).mean(0))
        .isLessThan(predict(Variant.CROSTON, 5, 5, 0, 0, 0, 0, 0, 0).mean(0));
  }
}
