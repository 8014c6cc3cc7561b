package org.millrace.forecast.work;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.Prediction;
import org.millrace.forecast.method.Reach;
import org.millrace.forecast.method.simple.Naive;
import org.millrace.forecast.method.simple.SeasonalNaive;
import org.millrace.forecast.series.History;

/** Makes forecasts of one series after the other, whatever methods do. Of one thread. */
public final class Forecaster implements AutoCloseable {
  private static final List<Method> SIMPLER = List.of(new SeasonalNaive(), new Naive());

  private static final double[] NOTHING = {};

  private final Watchdog watchdog = new Watchdog();
  private final Limits limits;
  private final double[] probabilities;
  private final boolean withErrors;
  private long deadline;

  /**
   * How long fits may take.
   *
   * @param fit of one method to a series
   * @param series of all methods to one series
   */
  public record Limits(Duration fit, Duration series) implements Serializable {}

  /**
   * @param probabilities of the quantiles, ascending
   */
  public Forecaster(Limits limits, double[] probabilities) {
    this(limits, probabilities, false);
  }

  /**
   * @param probabilities of the quantiles, ascending
   * @param withErrors whether forecasts tell the errors of one step on the history
   */
  public Forecaster(Limits limits, double[] probabilities, boolean withErrors) {
    this.limits = limits;
    this.probabilities = probabilities;
    this.withErrors = withErrors;
    nextSeries();
  }

  /** The time of a series begins. */
  public void nextSeries() {
    deadline = System.nanoTime() + limits.series().toNanos();
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
   * @throws Failed where it throws, forecasts what is no number or out of reach, or takes too long
   */
  public Forecast forecast(Method method, History history, int horizon, double[][] future)
      throws Failed {
    Duration left = Duration.ofNanos(deadline - System.nanoTime());
    if (left.isNegative() || left.isZero()) {
      throw new Failed(
          "%s: the time limit of %s for the series is over"
              .formatted(method.name(), Watchdog.shown(limits.series())));
    }
    Duration limit = left.compareTo(limits.fit()) < 0 ? left : limits.fit();
    return forecast(method, history, horizon, future, limit);
  }

  private Forecast forecast(
      Method method, History history, int horizon, double[][] future, Duration limit)
      throws Failed {
    try {
      return watchdog.call(() -> now(method, history, horizon, future), limit);
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
    Optional<String> beyond = Reach.of(history).leftBy(prediction);
    if (beyond.isPresent()) {
      throw new Method.Unfit(beyond.get());
    }
    String note = prediction.note();
    return Forecast.of(
        method.name(),
        prediction,
        probabilities,
        note.isEmpty() ? fitted.description() : fitted.description() + "; " + note,
        withErrors ? fitted.errors() : NOTHING);
  }

  private static String sentence(Throwable cause) {
    if (cause instanceof Method.Unfit || cause.getClass() == IllegalStateException.class) {
      return cause.getMessage();
    }
    return cause.getClass().getSimpleName()
        + (cause.getMessage() == null ? "" : " " + cause.getMessage());
  }

  /**
   * Forecasts by a method, or where it fails by the last season, or by the last value, for which
   * there is always time.
   *
   * @throws Failed where even that fails
   */
  public Forecast forecastOrSimpler(Method method, History history, int horizon, double[][] future)
      throws Failed {
    List<String> reasons = new ArrayList<>();
    try {
      return forecast(method, history, horizon, future);
    } catch (Failed e) {
      reasons.add(e.getMessage());
    }
    for (Method next : SIMPLER) {
      if (!next.name().equals(method.name())) {
        try {
          return forecast(next, history, horizon, future, limits.fit())
              .because(String.join("; ", reasons));
        } catch (Failed e) {
          reasons.add(e.getMessage());
        }
      }
    }
    throw new Failed(String.join("; ", reasons));
  }

  @Override
  public void close() {
    watchdog.close();
  }
}
