package org.millrace.forecast.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.NormalPrediction;
import org.millrace.forecast.method.combine.Combination;
import org.millrace.forecast.method.ets.Ets;
import org.millrace.forecast.method.simple.Naive;
import org.millrace.forecast.method.theta.Theta;
import org.millrace.forecast.series.History;

class ForecasterTest {
  private static final double[] PROBABILITIES = {0.1, 0.9};
  private static final History HISTORY = History.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 4);

  private final AtomicBoolean released = new AtomicBoolean();

  @AfterEach
  void release() {
    released.set(true);
  }

  /** A method that does what a test wants when it is fitted. */
  private static Method method(Fit fit) {
    return new Method() {
      private static final long serialVersionUID = 1L;

      @Override
      public String name() {
        return "planted";
      }

      @Override
      public Fitted fit(History history) throws Unfit {
        double value = fit.value();
        return new Fitted() {
          @Override
          public NormalPrediction predict(int horizon, double[][] future) {
            double[] means = new double[horizon];
            double[] deviations = new double[horizon];
            java.util.Arrays.fill(means, value);
            java.util.Arrays.fill(deviations, 1);
            return new NormalPrediction(means, deviations);
          }

          @Override
          public double[] errors() {
            return new double[] {0.5};
          }

          @Override
          public String description() {
            return "planted";
          }
        };
      }

      @Override
      public double cost(int length, int[] periods) {
        return 1;
      }
    };
  }

  private interface Fit extends java.io.Serializable {
    double value() throws Method.Unfit;
  }

  private static Forecast forecast(Fit fit, Duration limit) throws Forecaster.Failed {
    try (Forecaster forecaster =
        new Forecaster(new Forecaster.Limits(limit, AMPLE), PROBABILITIES)) {
      return forecaster.forecastOrSimpler(method(fit), HISTORY, 2, new double[0][]);
    }
  }

  private static void assertFallsBack(Forecast forecast, String reason) {
    assertThat(forecast.method()).isEqualTo("seasonal-naive");
    assertThat(forecast.mean()).containsExactly(5, 6);
    assertThat(forecast.reason()).hasValueSatisfying(r -> assertThat(r).contains(reason));
  }

  private static final Duration AMPLE = Duration.ofSeconds(30);

  @Test
  void aMethodThatWorksSpeaks() throws Forecaster.Failed {
    Forecast forecast = forecast(() -> 42, AMPLE);

    assertThat(forecast.method()).isEqualTo("planted");
    assertThat(forecast.mean()).containsExactly(42, 42);
    assertThat(forecast.reason()).isEmpty();
  }

  @Test
  void aMethodThatFailsIsReplacedAndItsReasonTold() throws Forecaster.Failed {
    assertFallsBack(
        forecast(
            () -> {
              throw new Method.Unfit("too short for it");
            },
            AMPLE),
        "planted: too short for it");
    assertFallsBack(
        forecast(
            () -> {
              throw new ArithmeticException("singular");
            },
            AMPLE),
        "planted: ArithmeticException singular");
    assertFallsBack(forecast(() -> Double.NaN, AMPLE), "planted: it forecasts NaN at step 1");
    assertFallsBack(
        forecast(() -> -693, AMPLE),
        "planted: it forecasts -693.000 at step 1, which is more than");
    assertFallsBack(
        forecast(
            () -> {
              throw new StackOverflowError();
            },
            AMPLE),
        "planted: StackOverflowError");
  }

  @Test
  void aMethodThatListensIsStoppedAtItsLimit() throws Forecaster.Failed {
    Forecast forecast =
        forecast(
            () -> {
              try {
                Thread.sleep(60_000);
              } catch (InterruptedException e) {
                throw new Method.Unfit("time limit");
              }
              return 1;
            },
            Duration.ofMillis(100));

    assertFallsBack(forecast, "planted: it takes longer than the time limit of 0.1 s");
    assertThat(forecast.reason().orElseThrow()).doesNotContain("cannot be stopped");
  }

  @Test
  void aMethodThatDoesNotListenIsLeftBehindAndTheNextSeriesIsForecast() throws Exception {
    AtomicBoolean over = released;
    Fit deaf =
        () -> {
          while (!over.get()) {
            Thread.onSpinWait();
          }
          return 1;
        };
    try (Forecaster forecaster =
        new Forecaster(new Forecaster.Limits(Duration.ofMillis(100), AMPLE), PROBABILITIES)) {
      Forecast late = forecaster.forecastOrSimpler(method(deaf), HISTORY, 2, new double[0][]);
      Forecast next = forecaster.forecastOrSimpler(method(() -> 3), HISTORY, 2, new double[0][]);

      assertFallsBack(late, "and cannot be stopped");
      assertThat(next.mean()).containsExactly(3, 3);
    }
  }

  @Test
  void theTimeOfASeriesIsSharedByItsFitsAndBeginsAnewWithTheNext() throws Exception {
    Forecaster.Limits limits = new Forecaster.Limits(AMPLE, Duration.ofMillis(300));
    Fit slow =
        () -> {
          try {
            Thread.sleep(400);
          } catch (InterruptedException e) {
            throw new Method.Unfit("time limit");
          }
          return 1;
        };
    try (Forecaster forecaster = new Forecaster(limits, PROBABILITIES)) {
      assertFallsBack(
          forecaster.forecastOrSimpler(method(slow), HISTORY, 2, new double[0][]),
          "it takes longer than the time limit of 0.");
      assertThatThrownBy(() -> forecaster.forecast(method(() -> 3), HISTORY, 2, new double[0][]))
          .isInstanceOf(Forecaster.Failed.class)
          .hasMessage("planted: the time limit of 0.3 s for the series is over");
      forecaster.nextSeries();
      assertThat(forecaster.forecast(method(() -> 3), HISTORY, 2, new double[0][]).mean())
          .containsExactly(3, 3);
    }
  }

  /** Where the first member is stopped, the others must not begin. */
  @Test
  void aCombinationAndThetaListenToTheWatchdog() {
    Thread.currentThread().interrupt();
    try {
      for (Method method :
          List.of(
              new Theta(false),
              new Theta(true),
              new Combination(List.of(new Ets(), new Naive()), Combination.Average.MEAN))) {
        assertThatThrownBy(() -> method.fit(HISTORY))
            .as(method.name())
            .isInstanceOf(Method.Unfit.class)
            .hasMessage("time limit");
      }
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void errorsAreToldWhereTheyAreAskedFor() throws Exception {
    Forecaster.Limits limits = new Forecaster.Limits(AMPLE, AMPLE);
    for (boolean asked : new boolean[] {true, false}) {
      try (Forecaster forecaster = new Forecaster(limits, PROBABILITIES, asked)) {
        assertThat(forecaster.forecast(method(() -> 3), HISTORY, 2, new double[0][]).errors())
            .hasSize(asked ? 1 : 0);
      }
    }
  }

  @Test
  void nothingIsForecastOfNothing() {
    try (Forecaster forecaster =
        new Forecaster(new Forecaster.Limits(AMPLE, AMPLE), PROBABILITIES)) {
      assertThatThrownBy(
              () ->
                  forecaster.forecastOrSimpler(
                      method(
                          () -> {
                            throw new Method.Unfit("no values");
                          }),
                      History.of(new double[0]),
                      2,
                      new double[0][]))
          .isInstanceOf(Forecaster.Failed.class)
          .hasMessageContaining("planted: no values")
          .hasMessageContaining("naive: ");
    }
  }
}
