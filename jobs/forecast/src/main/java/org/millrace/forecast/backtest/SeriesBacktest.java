package org.millrace.forecast.backtest;

import java.util.ArrayList;
import java.util.List;
import org.millrace.forecast.interval.Distances;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.series.RegularSeries;
import org.millrace.forecast.work.Forecast;
import org.millrace.forecast.work.Forecaster;

/** Lets every method forecast one series from every origin and measures what came of it. */
public final class SeriesBacktest {
  private final List<Method> methods;
  private final Origins origins;
  private final double[] probabilities;
  private final Cell[][] board;

  /**
   * @param probabilities ascending; see {@link Probabilities#withIntervals}
   */
  public SeriesBacktest(List<Method> methods, Origins origins, double[] probabilities) {
    this.methods = List.copyOf(methods);
    this.origins = origins;
    this.probabilities = probabilities;
    this.board = new Cell[methods.size()][origins.horizon()];
    for (Cell[] steps : board) {
      for (int h = 0; h < steps.length; h++) {
        steps[h] = new Cell();
      }
    }
  }

  /**
   * What one series showed.
   *
   * @param errors by method, window (the newest first) and measure; NaN where a method failed or
   *     nothing could be measured
   * @param failures by method why it failed; null where it did not
   * @param distances of the values from their forecasts
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
  public record Outcome(double[][][] errors, String[] failures, Distances distances) {}

  /** Measures all methods on a series; the board takes part in it. */
  public Outcome measure(RegularSeries series, Forecaster forecaster) {
    int[] ends = origins.of(series.length());
    double[][][] errors = new double[methods.size()][ends.length][];
    String[] failures = new String[methods.size()];
    Distances distances = Distances.none(methods.size(), ends.length, origins.horizon());
    int season = series.seasons().length == 0 ? 1 : series.seasons()[0];
    for (int m = 0; m < methods.size(); m++) {
      List<Forecast> forecasts = new ArrayList<>();
      try {
        for (int end : ends) {
          forecasts.add(
              forecaster.forecast(
                  methods.get(m),
                  series.history(end),
                  origins.horizon(),
                  series.futureOf(end, origins.horizon())));
        }
      } catch (Forecaster.Failed e) {
        // A method that fails once is out for this series, so that all are measured alike.
        failures[m] = e.getMessage();
        forecasts.clear();
      }
      for (int w = 0; w < ends.length; w++) {
        if (forecasts.isEmpty()) {
          errors[m][w] = Tally.nothing();
          continue;
        }
        Scale scale = Scale.of(series.values(), ends[w], season);
        Tally tally = new Tally();
        for (int h = 0; h < origins.horizon(); h++) {
          double truth = series.truth()[ends[w] + h];
          if (!Double.isNaN(truth)) {
            Point point = point(truth, forecasts.get(w), h, scale);
            board[m][h].add(point);
            tally.add(point);
            distances.set(m, w, h, truth, point.mean(), point.quantile(0.1), point.quantile(0.9));
          }
        }
        errors[m][w] = tally.values();
      }
    }
    return new Outcome(errors, failures, distances);
  }

  private Point point(double truth, Forecast forecast, int h, Scale scale) {
    return new Point(truth, forecast.mean()[h], forecast.quantiles()[h], probabilities, scale);
  }

  /** By method and step of the horizon, over all series so far. */
  public Cell[][] board() {
    return board;
  }
}
