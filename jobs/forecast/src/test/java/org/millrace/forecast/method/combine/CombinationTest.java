package org.millrace.forecast.method.combine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.Prediction;
import org.millrace.forecast.method.combine.Combination.Average;
import org.millrace.forecast.method.simple.Drift;
import org.millrace.forecast.method.simple.Mean;
import org.millrace.forecast.method.simple.Naive;
import org.millrace.forecast.method.simple.SeasonalNaive;
import org.millrace.forecast.series.History;

class CombinationTest {
  private static final double[][] NOTHING = {};
  private static final List<Method> THREE = List.of(new Naive(), new Drift(), new Mean());
  private static final History HISTORY = History.of(new double[] {1, 4, 2, 8, 5, 7});

  private static Prediction predict(Method method) throws Method.Unfit {
    return method.fit(HISTORY).predict(2, NOTHING);
  }

  @Test
  void meansAndQuantilesAreThoseOfTheMembersTogether() throws Method.Unfit {
    Prediction mean = predict(new Combination(THREE, Average.MEAN));
    Prediction median = predict(new Combination(THREE, Average.MEDIAN));
    Prediction naive = predict(new Naive());
    Prediction drift = predict(new Drift());
    Prediction average = predict(new Mean());

    assertThat(mean.mean(1)).isEqualTo((naive.mean(1) + drift.mean(1) + average.mean(1)) / 3);
    assertThat(mean.quantile(1, 0.9))
        .isEqualTo(
            (naive.quantile(1, 0.9) + drift.quantile(1, 0.9) + average.quantile(1, 0.9)) / 3);
    assertThat(median.mean(1)).as("4.5 < 7 < 9.4").isEqualTo(7);
  }

  @Test
  void membersThatMakeNothingAreLeftOutAndTold() throws Method.Unfit {
    History two = History.of(new double[] {3, 9});
    Method.Fitted fitted =
        new Combination(List.of(new Naive(), new Drift()), Average.MEAN).fit(two);

    assertThat(fitted.predict(1, NOTHING).mean(0)).isEqualTo(9);
    assertThat(fitted.description()).contains("without drift: 2 steps are too few");
    assertThatThrownBy(() -> new Combination(List.of(new Drift()), Average.MEAN).fit(two))
        .isInstanceOf(Method.Unfit.class);
  }

  @Test
  void membersWhoseForecastsExplodeAreLeftOutAndTold() throws Method.Unfit {
    History line = History.of(new double[] {0, 0.5, 1});
    Method.Fitted fitted =
        new Combination(List.of(new Naive(), new Drift()), Average.MEAN).fit(line);

    assertThat(fitted.predict(100, NOTHING).mean(0)).as("of both").isEqualTo(1.25);
    assertThat(fitted.predict(100, NOTHING).note()).isEmpty();
    assertThat(fitted.predict(300, NOTHING).mean(0)).as("of the last value").isEqualTo(1);
    assertThat(fitted.predict(300, NOTHING).note())
        .startsWith("without drift")
        .contains("it forecasts 101.500 at step 201", "100 times", "(0.00000 to 1.00000)");
    assertThat(
            new Combination(List.of(new Drift()), Average.MEAN)
                .fit(line)
                .predict(300, NOTHING)
                .mean(299))
        .as("all of them are")
        .isEqualTo(151);
  }

  @Test
  void theLongestSeasonIsTheOnlyOneSeen() throws Method.Unfit {
    double[] values = new double[12];
    for (int t = 0; t < values.length; t++) {
      values[t] = t;
    }
    History history = History.of(values, 2, 6);

    assertThat(new SeasonalNaive().fit(history).predict(1, NOTHING).mean(0)).isEqualTo(10);
    assertThat(new LongestSeason(new SeasonalNaive()).fit(history).predict(1, NOTHING).mean(0))
        .isEqualTo(6);
  }
}
