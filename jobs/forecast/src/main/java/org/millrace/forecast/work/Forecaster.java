package org.millrace.forecast.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.Prediction;
import org.millrace.forecast.method.simple.Naive;
import org.millrace.forecast.method.simple.SeasonalNaive;
import org.millrace.forecast.series.History;

/** Makes forecasts of one series after the other, whatever methods do. Of one thread. */
public final class Forecaster implements AutoCloseable {
  private static final List<Method> SIMPLER = List.of(new SeasonalNaive(), new Naive());

  private final Watchdog watchdog;
  private final double[] probabilities;

  /**
   * @param limit for each fit of a method to a series
   * @param probabilities of the quantiles, ascending
   */
  public Forecaster(Duration limit, double[] probabilities) {
    this.watchdog = new Watchdog(limit);
    this.probabilities = probabilities;
  }

  /** A method made nothing of a series. */
  public static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String reason) {
      super(reason, null, false, false);
    }
  }

  /**
   * Forecasts by one method.
   *
   * @param future regressors of the steps to come
   * @throws Failed where it throws, forecasts what is no number, or takes too long
   */
  public Forecast forecast(Method method, History history, int horizon, double[][] future)
      throws Failed {
    try {
      return watchdog.call(() -> now(method, history, horizon, future));
    } catch (Watchdog.Late e) {
      throw new Failed(method.name() + ": " + e.getMessage());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof VirtualMachineError fatal && !(fatal instanceof StackOverflowError)) {
        throw fatal;
      }
      if (cause instanceof InterruptedException) {
        throw new IllegalStateException("the task is being killed", cause);
      }
      throw new Failed(method.name() + ": " + sentence(cause));
    }
  }

  private Forecast now(Method method, History history, int horizon, double[][] future)
      throws Method.Unfit {
    Method.Fitted fitted = method.fit(history);
    Prediction prediction = fitted.predict(horizon, future);
    return Forecast.of(method.name(), prediction, probabilities, fitted.description());
  }

  private static String sentence(Throwable cause) {
    if (cause instanceof Method.Unfit || cause.getClass() == IllegalStateException.class) {
      return cause.getMessage();
    }
    return cause.getClass().getSimpleName()
        + (cause.getMessage() == null ? "" : " " + cause.getMessage());
  }

  /**
   * Forecasts by a method, or where it fails by the last season, or by the last value.
   *
   * @throws Failed where even that fails
   */
  public Forecast forecastOrSimpler(Method method, History history, int horizon, double[][] future)
      throws Failed {
    List<Method> methods = new ArrayList<>(List.of(method));
    SIMPLER.stream().filter(m -> !m.name().equals(method.name())).forEach(methods::add);
    List<String> reasons = new ArrayList<>();
    for (Method next : methods) {
      try {
        Forecast forecast = forecast(next, history, horizon, future);
        return reasons.isEmpty() ? forecast : forecast.because(String.join("; ", reasons));
      } catch (Failed e) {
        reasons.add(e.getMessage());
      }
    }
    throw new Failed(String.join("; ", reasons));
  }

  @Override
  public void close() {
    watchdog.close();
  }
}
