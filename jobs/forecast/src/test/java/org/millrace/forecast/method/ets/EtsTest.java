package org.millrace.forecast.method.ets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.forecast.method.Method.Unfit;
import org.millrace.forecast.method.NormalPrediction;
import org.millrace.forecast.method.PathPrediction;
import org.millrace.forecast.method.Prediction;
import org.millrace.forecast.series.History;

class EtsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ANN", "AAN", "AAdN", "MNN", "MAN", "MAdN", "AMN", "MMN", "MMdN", "ANA", "AAA", "AAdA",
        "MNA", "MAA", "MAdA", "MMA", "ANM", "AAM", "AAdM", "MNM", "MAM", "MAdM", "MMM", "MMdM"
      })
  void theGradientIsTheSlope(String letters) {
    Form form = Form.parse(letters).orElseThrow();
    int m = form.hasSeason() ? 4 : 1;
    double[] y = seasonal(60, 3);
    Start start = Start.of(form, y, m);
    start.units(form, 0.05);
    Likelihood likelihood = new Likelihood(form, new Pass(y, m), start);
    Random random = new Random(5);
    double[] z = random.doubles(likelihood.dimension(), 0.3, 0.6).toArray();
    assertThat(likelihood.at(z)).isFinite();
    double[] slope = new double[z.length];
    likelihood.gradient(slope);
    for (int i = 0; i < z.length; i++) {
      double at = z[i];
      z[i] = at + 1e-6;
      double above = likelihood.at(z);
      z[i] = at - 1e-6;
      double below = likelihood.at(z);
      z[i] = at;
      assertThat(slope[i])
          .isCloseTo((above - below) / 2e-6, within(1e-6 * (1 + Math.abs(slope[i]))));
    }
  }

  @Test
  void findsTheParametersOfALongPath() throws Unfit {
    double[] ratios = {0.8, 1.1, 1.2, 0.9};
    States seasons =
        new States(Form.parse("MNM").orElseThrow(), 0.3, 0, 0.2, 0, 100, 0, ratios, 0.0001);
    EtsModel model = new Ets("MNM", false).fit(History.of(path(seasons, 1500, 11), 4));
    assertThat(model.alpha()).isCloseTo(0.3, within(0.05));
    assertThat(model.gamma()).isCloseTo(0.2, within(0.05));
    assertThat(model.variance()).isCloseTo(0.0001, within(0.00001));
    States trend =
        new States(Form.parse("AAdN").orElseThrow(), 0.4, 0.2, 0, 0.9, 9, 1, new double[] {0}, 4);
    EtsModel damped = new Ets("AAdN", false).fit(History.of(path(trend, 3000, 12)));
    assertThat(damped.alpha()).isCloseTo(0.4, within(0.1));
    assertThat(damped.beta()).isCloseTo(0.2, within(0.05));
    assertThat(damped.phi()).isCloseTo(0.9, within(0.03));
    assertThat(damped.variance()).isCloseTo(4, within(0.3));
  }

  @Test
  void choosesTheFormThatMadeTheSeries() throws Unfit {
    States seasons =
        new States(
            Form.parse("ANA").orElseThrow(),
            0.2,
            0,
            0.1,
            0,
            100,
            0,
            new double[] {-20, 10, 20, -10},
            4);
    assertThat(new Ets().fit(History.of(path(seasons, 400, 3), 4)).form().season())
        .isNotEqualTo(Form.Component.NONE);
    States trend =
        new States(Form.parse("AAN").orElseThrow(), 0.4, 0.2, 0, 1, 100, 2, new double[] {0}, 1);
    assertThat(new Ets().fit(History.of(path(trend, 400, 4), 4)).form().hasTrend()).isTrue();
    States walk =
        new States(Form.parse("ANN").orElseThrow(), 0.5, 0, 0, 0, 100, 0, new double[] {0}, 1);
    Form found = new Ets().fit(History.of(path(walk, 400, 6), 4)).form();
    assertThat(found.hasSeason()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAN", "AAdA", "MAdN", "MNA", "MAA", "MNM", "MAM", "MAdM"})
  void closedFormsAgreeWithSimulatedPaths(String letters) {
    Form form = Form.parse(letters).orElseThrow();
    boolean ratio = form.season() == Form.Component.MULTIPLICATIVE;
    double[] season =
        !form.hasSeason()
            ? new double[] {0}
            : ratio ? new double[] {0.8, 1.1, 1.2, 0.9} : new double[] {-20, 10, 20, -10};
    States states =
        new States(
            form,
            0.4,
            form.hasTrend() ? 0.1 : 0,
            form.hasSeason() ? 0.15 : 0,
            form.damped() ? 0.9 : form.hasTrend() ? 1 : 0,
            100,
            form.hasTrend() ? 1 : 0,
            season,
            form.multiplicativeError() ? 0.0025 : 25);
    double[] deviations = Variances.deviations(states, 9).orElseThrow();
    double[][] paths = new Simulation(states, 5).paths(9, 40_000);
    for (int h : new int[] {0, 1, 3, 4, 8}) {
      double mean = Arrays.stream(paths[h]).average().orElseThrow();
      double variance =
          Arrays.stream(paths[h]).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      assertThat(deviations[h] / Math.sqrt(variance)).as("step %d", h).isCloseTo(1, within(0.025));
      assertThat(states.mean(h) / mean).isCloseTo(1, within(0.01));
    }
  }

  @Test
  void intervalsAreSimulatedWhereNoFormulaHolds() throws Unfit {
    History history = History.of(seasonal(60, 8), 4);
    EtsModel model = new Ets("MMM", true).fit(history);
    Prediction says = model.predict(6, new double[0][]);
    assertThat(says).isInstanceOf(PathPrediction.class);
    Prediction again = new Ets("MMM", true).fit(history).predict(6, new double[0][]);
    assertThat(again.quantile(5, 0.1)).isEqualTo(says.quantile(5, 0.1));
    assertThat(says.quantile(5, 0.1)).isLessThan(says.mean(5));
    assertThat(says.quantile(5, 0.9)).isGreaterThan(says.mean(5));
    assertThat(new Ets("MAM", true).fit(history).predict(6, new double[0][]))
        .isInstanceOf(NormalPrediction.class);
  }

  @Test
  void theUnitOfTheSeriesDoesNotMatter() throws Unfit {
    double[] y = seasonal(48, 1);
    double[] million = Arrays.stream(y).map(v -> v * 1e6).toArray();
    EtsModel small = new Ets().fit(History.of(y, 4));
    EtsModel large = new Ets().fit(History.of(million, 4));
    assertThat(large.form()).isEqualTo(small.form());
    for (int h : new int[] {0, 5}) {
      double mean = small.predict(6, new double[0][]).mean(h);
      double low = small.predict(6, new double[0][]).quantile(h, 0.1);
      assertThat(large.predict(6, new double[0][]).mean(h) / mean).isCloseTo(1e6, within(1.0));
      assertThat(large.predict(6, new double[0][]).quantile(h, 0.1) / low)
          .isCloseTo(1e6, within(1.0));
    }
  }

  @Test
  void everySeriesHasAFiniteForecastOrAReason() {
    Random random = new Random(9);
    List<double[]> awkward =
        List.of(
            new double[] {1, 2, 3, 4, 5, 6},
            new double[40],
            IntStream.range(0, 40).mapToDouble(t -> t % 4).toArray(),
            IntStream.range(0, 40).mapToDouble(t -> t).toArray(),
            IntStream.range(0, 40).mapToDouble(t -> t == 20 ? 1e9 : 1).toArray(),
            IntStream.range(0, 40).mapToDouble(t -> t < 20 ? 0 : 5).toArray(),
            IntStream.range(0, 40).mapToDouble(t -> 1e-300 * (t % 7)).toArray(),
            IntStream.range(0, 40).mapToDouble(t -> 1e150 * Math.exp(t)).toArray(),
            random.doubles(40, -1, 1).toArray(),
            random.doubles(13, 1, 2).toArray(),
            random.doubles(2000, 1e6, 1e6 + 1e-3).toArray());
    for (double[] y : awkward) {
      for (int period : new int[] {1, 2, 4, 7, 12, 24, 52}) {
        History history = period == 1 ? History.of(y) : History.of(y, period);
        try {
          Prediction says = new Ets().fit(history).predict(10, new double[0][]);
          for (int h = 0; h < 10; h++) {
            assertThat(says.mean(h)).isFinite();
            assertThat(says.quantile(h, 0.1)).isLessThanOrEqualTo(says.quantile(h, 0.9));
          }
        } catch (Unfit reason) {
          assertThat(reason).hasMessageContaining("exponential smoothing");
        }
      }
    }
  }

  @Test
  void aConstantSeriesGoesOn() throws Unfit {
    Prediction says = new Ets().fit(History.of(new double[] {7, 7, 7}, 12)).predict(2, null);
    assertThat(says.mean(1)).isEqualTo(7);
    assertThat(says.quantile(1, 0.9)).isEqualTo(7);
  }

  @Test
  void refusesWithAReason() {
    assertThatThrownBy(() -> new Ets().fit(History.of(new double[] {1, 2, 1})))
        .isInstanceOf(Unfit.class)
        .hasMessage("3 steps are too few for exponential smoothing, 5 are needed");
    assertThatThrownBy(() -> new Ets("MAN", false).fit(History.of(new double[] {1, 2, 0, 4})))
        .isInstanceOf(Unfit.class)
        .hasMessage("ETS(M,A,N) needs values above zero");
    assertThatThrownBy(() -> new Ets("ANA", false).fit(History.of(new double[] {1, 2, 0, 4})))
        .hasMessage("ETS(A,N,A) needs a season of 2 to 24 steps");
    assertThatThrownBy(() -> new Ets("XYZ", false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("XYZ");
    assertThat(Form.parse("ANdN")).isEmpty();
  }

  @Test
  void stopsWhereItIsInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> new Ets().fit(History.of(seasonal(40, 2), 4)))
        .isInstanceOf(Unfit.class)
        .hasMessage("time limit");
    assertThat(Thread.interrupted()).as("others in the same call must see it too").isTrue();
  }

  private static double[] path(States states, int steps, long seed) {
    return Arrays.stream(new Simulation(states, seed).paths(steps, 1))
        .mapToDouble(step -> step[0])
        .toArray();
  }

  private static double[] seasonal(int steps, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, steps)
        .mapToDouble(
            t ->
                (1 + 0.01 * t)
                    * (1 + 0.2 * Math.sin(t * Math.PI / 2))
                    * Math.exp(0.05 * random.nextGaussian()))
        .toArray();
  }
}
