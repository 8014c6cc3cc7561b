package org.millrace.forecast.method.simple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.millrace.forecast.method.References.number;

import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.Method.Unfit;
import org.millrace.forecast.method.Prediction;
import org.millrace.forecast.method.References;
import org.millrace.forecast.series.History;

class SimpleMethodsTest {
  private static final Map<String, Method> METHODS =
      Stream.of(new Naive(), new SeasonalNaive(), new Drift(), new Mean())
          .collect(Collectors.toMap(Method::name, Function.identity()));

  @TestFactory
  Stream<DynamicTest> sayWhatRSays() {
    Map<String, History> series = References.series();
    return References.rows("simple.csv").stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.toString(),
                    () -> {
                      Method method = METHODS.get(row.get("method"));
                      int step = (int) number(row, "step") - 1;
                      Prediction says =
                          method.fit(series.get(row.get("series"))).predict(15, new double[0][]);
                      double mean = number(row, "mean");
                      double q10 = number(row, "q10");
                      double precision = 1e-8 * Math.max(1, Math.abs(mean));
                      assertThat(says.mean(step)).isCloseTo(mean, within(precision));
                      assertThat(says.quantile(step, 0.1)).isCloseTo(q10, within(precision));
                      assertThat(says.quantile(step, 0.9))
                          .isCloseTo(2 * mean - q10, within(precision));
                    }));
  }

  @Test
  void intervalsCoverRandomWalks() throws Unfit {
    Random random = new Random(7);
    int covered = 0;
    for (int i = 0; i < 2000; i++) {
      double[] walk = new double[110];
      for (int t = 1; t < walk.length; t++) {
        walk[t] = walk[t - 1] + random.nextGaussian();
      }
      Prediction says = new Naive().fit(History.of(walk).until(100)).predict(10, new double[0][]);
      if (walk[109] > says.quantile(9, 0.1) && walk[109] < says.quantile(9, 0.9)) {
        covered++;
      }
    }
    assertThat(covered / 2000.0).isBetween(0.77, 0.83);
  }

  @Test
  void aConstantSeriesStaysWithoutDoubt() throws Unfit {
    for (Method method : METHODS.values()) {
      Prediction says =
          method.fit(History.of(new double[] {4, 4, 4, 4, 4}, 2)).predict(3, new double[0][]);
      assertThat(says.mean(2)).isEqualTo(4);
      assertThat(says.quantile(2, 0.025)).isEqualTo(4);
    }
  }

  @Test
  void oneValueIsEnoughForTheNaiveAndTheMean() throws Unfit {
    History one = History.of(new double[] {3});
    assertThat(new Naive().fit(one).predict(2, new double[0][]).quantile(1, 0.9)).isEqualTo(3);
    assertThat(new Mean().fit(one).predict(2, new double[0][]).mean(1)).isEqualTo(3);
  }

  @Test
  void refusesWhatIsTooShort() {
    assertThatThrownBy(() -> new SeasonalNaive().fit(History.of(new double[11], 12)))
        .isInstanceOf(Unfit.class)
        .hasMessage("11 steps are less than a season of 12 steps");
    assertThatThrownBy(() -> new Drift().fit(History.of(new double[2])))
        .hasMessage("2 steps are too few for a drift, 3 are needed");
    assertThatThrownBy(() -> new Naive().fit(History.of(new double[0])))
        .hasMessage("there is no last value");
    assertThatThrownBy(() -> new Mean().fit(History.of(new double[0])))
        .hasMessage("the mean of no value");
  }
}
