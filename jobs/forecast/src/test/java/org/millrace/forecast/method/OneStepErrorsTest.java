package org.millrace.forecast.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.forecast.method.Method.Unfit;
import org.millrace.forecast.method.arima.AutoArima;
import org.millrace.forecast.method.combine.Combination;
import org.millrace.forecast.method.ets.Ets;
import org.millrace.forecast.method.intermittent.Croston;
import org.millrace.forecast.method.seasonal.MstlArima;
import org.millrace.forecast.method.simple.Drift;
import org.millrace.forecast.method.simple.Mean;
import org.millrace.forecast.method.simple.Naive;
import org.millrace.forecast.method.simple.SeasonalNaive;
import org.millrace.forecast.method.theta.Theta;
import org.millrace.forecast.series.History;

/** Errors of one step on the history are those of the forecasts that the method would have made. */
class OneStepErrorsTest {
  private static final int LENGTH = 120;

  /** A level, a season of 12 and noise of deviation 1. */
  private static double[] series() {
    Random random = new Random(8);
    double[] y = new double[LENGTH];
    for (int t = 0; t < LENGTH; t++) {
      y[t] = 100 + 0.2 * t + 20 * Math.sin(Math.PI * t / 6) + random.nextGaussian();
    }
    return y;
  }

  static Stream<Method> methods() {
    return Stream.of(
        new Ets(),
        new Ets("MAM", false),
        new Theta(false),
        new Theta(true),
        new AutoArima(),
        new MstlArima(5),
        new Combination(List.of(new Ets(), new AutoArima()), Combination.Average.MEAN));
  }

  /** As wide as the interval of the next step says, and no forecast of what was known. */
  @ParameterizedTest
  @MethodSource("methods")
  void areAsLargeAsTheIntervalOfOneStep(Method method) throws Unfit {
    Method.Fitted fitted = method.fit(History.of(series(), 12));
    double[] errors = fitted.errors();
    int burnt = 30;
    double squares = 0;
    double next = 0;
    for (int t = errors.length - 70; t < errors.length; t++) {
      squares += errors[t] * errors[t] / 70;
      next += errors[t] * errors[t - 1] / 70;
    }
    Prediction says = fitted.predict(1, new double[0][]);
    double deviation =
        (says.quantile(0, 0.9) - says.quantile(0, 0.1)) / 2 / NormalPrediction.standard(0.9);

    assertThat(errors.length).isBetween(LENGTH - burnt, LENGTH);
    assertThat(Math.sqrt(squares)).isBetween(0.6 * deviation, 1.35 * deviation);
    assertThat(Math.abs(next / squares)).as("correlation of neighbours").isLessThan(0.45);
  }

  @Test
  void ofSimpleMethodsAreTheirDifferences() throws Unfit {
    double[] y = {3, 5, 4, 8, 6, 9};
    assertThat(new Naive().fit(History.of(y)).errors()).containsExactly(2, -1, 4, -2, 3);
    assertThat(new SeasonalNaive().fit(History.of(y, 2)).errors()).containsExactly(1, 3, 2, 1);
    assertThat(new Drift().fit(History.of(new double[] {1, 4, 5})).errors()).containsExactly(1, -1);
    assertThat(new Mean().fit(History.of(new double[] {1, 3})).errors()).containsExactly(-1, 1);
  }

  /** The errors of prefixes: what the method forecasts behind each of them. */
  @Test
  void ofCrostonAreThoseOfItsForecasts() throws Unfit {
    double[] demand = {0, 4, 0, 0, 2, 6, 0, 3, 0, 0, 5};
    for (Croston.Variant variant : Croston.Variant.values()) {
      Croston method = new Croston(variant, 0.2);
      double[] errors = method.fit(History.of(demand)).errors();
      for (int t = 1; t < demand.length; t++) {
        History before = History.of(Arrays.copyOf(demand, t));
        double forecast = method.fit(before).predict(1, new double[0][]).mean(0);
        assertThat(errors[t]).isCloseTo(demand[t] - forecast, within(1e-12));
      }
    }
  }

  /**
   * Values less errors are forecasts, in the units of the series, where logarithms are modelled.
   */
  @Test
  void ofLogarithmsAreInUnitsOfTheSeries() throws Unfit {
    double[] y = Arrays.stream(series()).map(v -> Math.exp(v / 20)).toArray();
    double[] level =
        new AutoArima(5, 2, org.millrace.forecast.method.arima.Transformation.automatic())
            .fit(History.of(y, 12))
            .errors();
    int at = y.length - 1;
    double error = level[level.length - 1];
    assertThat(Math.abs(error)).isLessThan(0.3 * y[at]).isGreaterThan(1e-6 * y[at]);
    assertThat(y[at] - error).isPositive();
  }
}
