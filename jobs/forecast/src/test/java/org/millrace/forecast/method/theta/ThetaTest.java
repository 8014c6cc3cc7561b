package org.millrace.forecast.method.theta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.millrace.forecast.method.References.number;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.millrace.forecast.method.Method.Unfit;
import org.millrace.forecast.method.Prediction;
import org.millrace.forecast.method.References;
import org.millrace.forecast.series.History;

class ThetaTest {
  private static final double[][] NOTHING = new double[0][];

  @TestFactory
  Stream<DynamicTest> saysWhatRSays() {
    Map<String, History> series = References.series();
    return References.rows("theta.csv").stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.toString(),
                    () -> {
                      int step = (int) number(row, "step") - 1;
                      Prediction says =
                          new Theta(false).fit(series.get(row.get("series"))).predict(15, NOTHING);
                      double mean = number(row, "mean");
                      double width = mean - number(row, "q10");
                      assertThat(says.mean(step)).isCloseTo(mean, within(0.005 * width));
                      assertThat(says.mean(step) - says.quantile(step, 0.1))
                          .isCloseTo(width, within(0.005 * width));
                    }));
  }

  @Test
  void theOptimisedFindsTheFullSlopeOfALine() throws Unfit {
    double[] line = new double[40];
    for (int t = 0; t < line.length; t++) {
      line[t] = 100 - 2.5 * t;
    }
    Prediction says = new Theta(true).fit(History.of(line)).predict(10, NOTHING);
    assertThat(says.mean(0)).isCloseTo(0, within(1e-5));
    assertThat(says.mean(9)).isCloseTo(-22.5, within(1e-5));
  }

  @Test
  void theOptimisedFindsAPlantedDrift() throws Unfit {
    Random random = new Random(5);
    double[] y = new double[4000];
    double level = 50;
    for (int t = 0; t < y.length; t++) {
      double error = random.nextGaussian();
      y[t] = level + error;
      level += 0.3 * error + 0.2;
    }
    Prediction says = new Theta(true).fit(History.of(y)).predict(2, NOTHING);
    assertThat(says.mean(1) - says.mean(0)).isCloseTo(0.2, within(0.03));
    assertThat(says.mean(0) - says.quantile(0, 0.1)).isCloseTo(1.2816, within(0.05));
    assertThat(new Theta(true).fit(History.of(y)).description()).contains("no season");
  }

  @Test
  void anAdditiveSeasonStaysWhereValuesAreNotPositive() throws Unfit {
    double[] y = new double[48];
    for (int t = 0; t < y.length; t++) {
      y[t] = new double[] {-6, 1, 2, 3}[t % 4];
    }
    for (boolean optimised : new boolean[] {false, true}) {
      Prediction says = new Theta(optimised).fit(History.of(y, 4)).predict(8, NOTHING);
      for (int h = 0; h < 8; h++) {
        assertThat(says.mean(h)).isCloseTo(y[h], within(1e-6));
      }
    }
  }

  @Test
  void constantsAndZerosStayWithoutDoubt() throws Unfit {
    for (double value : new double[] {0, 4, -3, 0.1}) {
      double[] y = new double[30];
      Arrays.fill(y, value);
      for (boolean optimised : new boolean[] {false, true}) {
        Prediction says = new Theta(optimised).fit(History.of(y, 7)).predict(3, NOTHING);
        assertThat(says.mean(2)).isCloseTo(value, within(1e-9));
        assertThat(says.quantile(2, 0.025)).isCloseTo(value, within(1e-6));
      }
    }
  }

  @Test
  void shortSeriesAreForecastFromFourStepsOn() throws Unfit {
    for (boolean optimised : new boolean[] {false, true}) {
      Prediction says =
          new Theta(optimised).fit(History.of(new double[] {1, 3, 2, 4}, 12)).predict(3, NOTHING);
      assertThat(says.mean(2)).isBetween(1.0, 9.0);
      assertThat(says.quantile(2, 0.1)).isLessThan(says.mean(2));
    }
    assertThatThrownBy(() -> new Theta(false).fit(History.of(new double[3])))
        .isInstanceOf(Unfit.class)
        .hasMessage("3 steps are too few for theta, 4 are needed");
  }
}
