package org.millrace.forecast;

import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.forecast.backtest.Measure;
import org.millrace.forecast.backtest.Origins;
import org.millrace.forecast.interval.Intervals;
import org.millrace.forecast.series.SeriesLayout;
import org.millrace.job.GateCheck;
import org.millrace.model.Gate;
import org.millrace.table.TableRef;

/**
 * The keys of the backtest; defaults and meanings are in {@code reference.conf}.
 *
 * @param horizon steps that are forecast
 * @param windows origins of each series, the newest ones
 * @param step from origin to origin; absent for the horizon
 * @param minHistory steps before the oldest origin
 * @param metric by which the method of a series is chosen
 * @param doubt standard errors by which another method must beat the leader in a series' windows
 * @param quantiles probabilities at which forecasts are measured
 */
public record BacktestConfig(
    TableRef series,
    SeriesLayout layout,
    List<MethodChoice> methods,
    int horizon,
    int windows,
    Optional<Integer> step,
    int minHistory,
    String metric,
    double doubt,
    List<Double> quantiles,
    Intervals intervals,
    Effort effort,
    Optional<Gate> gate) {

  public BacktestConfig {
    Methods.require(methods);
    Horizons.require(horizon);
    Horizons.requireProbabilities(quantiles);
    Check.that(windows >= 2 && windows <= 1000, "windows", windows, "2..1000");
    step.ifPresent(s -> Check.that(s >= 1 && s <= 100_000, "step", s, "1..100000"));
    Check.that(minHistory >= 2 && minHistory <= 1_000_000, "min-history", minHistory, "2..1000000");
    Check.that(
        Measure.errors().contains(metric), "metric", metric, String.join(", ", Measure.errors()));
    Check.that(doubt >= 0 && doubt <= 100, "doubt", doubt, "a number from 0 to 100");
    GateCheck.that(gate, BacktestFigures.names());
    int apart = Math.max(1, step.orElse(horizon));
    int lag = new Origins(windows, apart, horizon, minHistory).lag();
    Check.that(
        gate.isEmpty() || windows > lag,
        "windows",
        windows,
        "%d or more with a gate, or step = %d: the choice is measured in windows whose origin lies behind another window, and of windows of %d steps that begin every %d one is over %d later"
            .formatted(lag + 1, horizon, horizon, apart, lag));
    methods = List.copyOf(methods);
    quantiles = List.copyOf(quantiles);
  }

  Origins origins() {
    return new Origins(windows, step.orElse(horizon), horizon, minHistory);
  }
}
