package org.millrace.forecast.method.arima;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.millrace.forecast.method.References.number;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.millrace.forecast.method.Method.Unfit;
import org.millrace.forecast.method.Prediction;
import org.millrace.forecast.method.References;
import org.millrace.forecast.series.History;

class AutoArimaTest {
  private static final double[][] NONE = new double[0][];

  /** The same differences, and a criterion that is no worse. */
  @TestFactory
  Stream<DynamicTest> findsNoWorseModelThanR() {
    Map<String, History> series = References.series();
    return References.rows("auto-arima.csv").stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.get("series"),
                    () -> {
                      History history = series.get(row.get("series"));
                      assertThat(UnitRoots.kpss(history.values()))
                          .isCloseTo(number(row, "kpss"), within(1e-6));
                      SarimaFit fit = new AutoArima().fit(history).fit();
                      assertThat(fit.order().d()).isEqualTo((int) number(row, "d"));
                      assertThat(fit.order().seasonalD()).isEqualTo((int) number(row, "seasonalD"));
                      assertThat(fit.aicc()).isLessThan(number(row, "aicc") + 0.05);
                    }));
  }

  @Test
  void findsAnAirlineModelAgain() throws Unfit {
    int n = 480;
    double[] e = new Random(11).doubles(n).map(u -> 4 * (u - 0.5)).toArray();
    double[] y = new double[n];
    for (int t = 13; t < n; t++) {
      double ma = e[t] - 0.4 * e[t - 1] - 0.6 * e[t - 12] + 0.24 * e[t - 13];
      y[t] = y[t - 1] + y[t - 12] - y[t - 13] + ma;
    }
    SarimaFit fit =
        new Arima(ArimaOrder.of(0, 1, 1).seasonal(0, 1, 1, 12), false, Transformation.none())
            .fit(History.of(y, 12))
            .fit();
    assertThat(fit.coefficients().ma()[0]).isCloseTo(-0.4, within(0.1));
    assertThat(fit.coefficients().seasonalMa()[0]).isCloseTo(-0.6, within(0.1));
    assertThat(fit.variance()).isCloseTo(16.0 / 12, within(0.2));
    assertThat(new AutoArima().fit(History.of(y, 12)).fit().aicc()).isLessThan(fit.aicc() + 1e-3);
  }

  @Test
  void aRegressorThatIsKnownAheadSpeaks() throws Unfit {
    int n = 200;
    Random random = new Random(5);
    double[] x = random.doubles(n + 6).map(u -> u < 0.2 ? 1 : 0).toArray();
    double[] y = new double[n];
    double noise = 0;
    for (int t = 0; t < n; t++) {
      noise = 0.6 * noise + random.nextGaussian();
      y[t] = 50 + 20 * x[t] + noise;
    }
    History history = new History(y, new int[0], new double[][] {Arrays.copyOf(x, n)});
    FittedSarima fitted = new AutoArima().fit(history);
    double[] ahead = {0, 0, 0, 0, 1, 0};
    Prediction says = fitted.predict(6, new double[][] {ahead});
    assertThat(says.mean(4) - says.mean(3)).isCloseTo(20, within(1.0));
    assertThat(fitted.description()).contains("regressor1=");
  }

  @Test
  void takesTheLogarithmOfWhatGrowsByShares() throws Unfit {
    double[] shares = new double[180];
    double[] amounts = new double[180];
    Random random = new Random(2);
    for (int t = 0; t < shares.length; t++) {
      double season = Math.sin(2 * Math.PI * t / 12);
      double noise = random.nextGaussian();
      shares[t] = Math.exp(4 + 0.012 * t + 0.3 * season + 0.05 * noise);
      amounts[t] = 500 + 2 * t + 30 * season + 5 * noise;
    }
    Transformation test = Transformation.automatic();
    assertThat(test.choose(shares, NONE, 12)).isEqualTo(BoxCox.LOG);
    assertThat(test.choose(amounts, NONE, 12)).isEqualTo(BoxCox.NONE);
    amounts[3] = 0;
    assertThat(test.choose(amounts, NONE, 12)).isEqualTo(BoxCox.NONE);
    Prediction says = new AutoArima(5, 2, test).fit(History.of(shares, 12)).predict(12, NONE);
    for (int h = 0; h < 12; h++) {
      double truth = Math.exp(4 + 0.012 * (180 + h) + 0.3 * Math.sin(2 * Math.PI * h / 12));
      assertThat(says.mean(h)).isCloseTo(truth, within(0.1 * truth));
      assertThat(says.mean(h)).isGreaterThan(says.quantile(h, 0.5));
      assertThat(says.quantile(h, 0.1)).isPositive().isLessThan(says.quantile(h, 0.5));
    }
  }

  @Test
  void awkwardSeriesHaveAFiniteForecastOrAReason() throws Unfit {
    Random random = new Random(1);
    double[][] awkward = {
      new double[40],
      IntStream.range(0, 40).mapToDouble(t -> 7).toArray(),
      IntStream.range(0, 40).mapToDouble(t -> 3 + 2 * t).toArray(),
      IntStream.range(0, 60).mapToDouble(t -> t % 12).toArray(),
      IntStream.range(0, 60).mapToDouble(t -> t % 12 + t).toArray(),
      IntStream.range(0, 40).mapToDouble(t -> t * t).toArray(),
      IntStream.range(0, 50).mapToDouble(t -> t == 30 ? 1 : 0).toArray(),
      IntStream.range(0, 50).mapToDouble(t -> t < 25 ? 0 : 100).toArray(),
      IntStream.range(0, 50).mapToDouble(t -> 1e9 + 1e-6 * random.nextGaussian()).toArray(),
      IntStream.range(0, 50).mapToDouble(t -> 1e-200 * random.nextGaussian()).toArray(),
      IntStream.range(0, 50).mapToDouble(t -> 1e150 * random.nextGaussian()).toArray(),
      IntStream.range(0, 50).mapToDouble(t -> Math.exp(t)).toArray(),
      IntStream.range(0, 50).mapToDouble(t -> t % 2 == 0 ? 1 : -1).toArray(),
      {1, 5, 2, 9, 3},
      {1, 5, 2, 9, 3, 3, 3},
    };
    for (double[] y : awkward) {
      for (int period : new int[] {1, 12, 52}) {
        History history = period == 1 ? History.of(y) : History.of(y, period);
        Prediction says = new AutoArima().fit(history).predict(30, NONE);
        for (int h = 0; h < 30; h++) {
          assertThat(says.mean(h)).as("%s %s", period, Arrays.toString(y)).isFinite();
          assertThat(says.quantile(h, 0.9)).isFinite().isGreaterThanOrEqualTo(says.mean(h));
        }
      }
    }
    Prediction line = new AutoArima().fit(History.of(awkward[2])).predict(2, NONE);
    assertThat(line.mean(1)).isCloseTo(3 + 2 * 41, within(1e-6));
    Prediction season = new AutoArima().fit(History.of(awkward[3], 12)).predict(14, NONE);
    assertThat(season.mean(13)).isCloseTo(1, within(1e-6));
    assertThatThrownBy(() -> new AutoArima().fit(History.of(new double[] {1, 2, 3})))
        .isInstanceOf(Unfit.class)
        .hasMessage("3 steps are too few, 5 are needed");
    Prediction few =
        new AutoArima().fit(History.of(new double[] {31, 32, 31, 33, 32})).predict(1, NONE);
    assertThat(few.mean(0)).isBetween(30.0, 34.0);
    assertThatThrownBy(
            () ->
                new Arima(ArimaOrder.of(5, 1, 2), false, Transformation.none())
                    .fit(History.of(new double[] {1, 5, 2, 9, 3, 3, 4, 1, 2})))
        .isInstanceOf(Unfit.class)
        .hasMessage("9 steps are too few for ARIMA(5,1,2)");
  }

  @Test
  void stopsWhereItsTimeIsOver() {
    double[] y = new Random(1).doubles(200).toArray();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> new AutoArima().fit(History.of(y, 12)))
        .isInstanceOf(Unfit.class)
        .hasMessage("time limit");
    assertThat(Thread.interrupted()).isTrue();
  }
}
