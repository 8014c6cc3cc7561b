package org.millrace.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.millrace.forecast.backtest.Probabilities;
import org.millrace.forecast.interval.Intervals;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.series.RawSeries;
import org.millrace.forecast.series.Refused;
import org.millrace.forecast.series.RegularSeries;
import org.millrace.forecast.series.Regularizer;
import org.millrace.forecast.series.SeriesTable;
import org.millrace.forecast.work.Forecast;
import org.millrace.forecast.work.Forecaster;

/** Forecasts a task's series. */
final class ScoreWork implements SeriesTable.Work {
  private static final long serialVersionUID = 1L;

  private final Regularizer regularizer;
  private final TreeMap<String, Method> methods;
  private final TreeMap<String, double[][]> conformal;
  private final String usual;
  private final int horizon;
  private final double[] asked;
  private final Forecaster.Limits limits;
  private final ForecastRows layout;

  /**
   * @param asked probabilities of the quantiles, ascending
   */
  ScoreWork(
      Regularizer regularizer,
      ForecastModel model,
      int horizon,
      double[] asked,
      Forecaster.Limits limits,
      ForecastRows layout) {
    this.regularizer = regularizer;
    this.methods = new TreeMap<>(model.byName());
    this.conformal = new TreeMap<>(model.conformal());
    this.usual = model.usual();
    this.horizon = horizon;
    this.asked = asked;
    this.limits = limits;
    this.layout = layout;
  }

  @Override
  public SeriesTable.Worker begin() {
    double[] probabilities = Probabilities.withIntervals(Arrays.stream(asked).boxed().toList());
    Forecaster forecaster = new Forecaster(limits, probabilities, layout.errors());
    return new SeriesTable.Worker() {
      @Override
      public Iterator<Row> work(RawSeries raw) {
        List<Row> rows = new ArrayList<>(Verdicts.rows(raw, layout.width()));
        forecaster.nextSeries();
        try {
          forecast(raw, forecaster, probabilities, rows);
        } catch (Refused e) {
          rows.add(Verdicts.series(raw, e, layout.width()));
        }
        return rows.iterator();
      }

      @Override
      public Iterator<Row> end() {
        return List.<Row>of().iterator();
      }

      @Override
      public void close() {
        forecaster.close();
      }
    };
  }

  private void forecast(
      RawSeries raw, Forecaster forecaster, double[] probabilities, List<Row> rows) throws Refused {
    RegularSeries whole = regularizer.regularize(raw, horizon);
    RegularSeries series = whole.unusable().isPresent() ? whole.withoutRegressors() : whole;
    Method method = methods.get(raw.note().orElse(usual));
    Forecast forecast;
    try {
      forecast =
          forecaster.forecastOrSimpler(
              method,
              series.history(series.length()),
              horizon,
              series.futureOf(series.length(), horizon));
    } catch (Forecaster.Failed e) {
      throw new Refused(Refused.Rule.SERIES_FAILED, e.getMessage());
    }
    forecast = forecast.withNote(whole.unusable().map(r -> "without regressors: " + r));
    for (int h = 0; h < horizon; h++) {
      rows.add(
          layout.row(raw.key(), series, forecast, h, asked, quantiles(forecast, h, probabilities)));
    }
  }

  /** Those that are asked for, corrected where the model says how. */
  private double[] quantiles(Forecast forecast, int h, double[] probabilities) {
    double[] all = forecast.quantiles()[h];
    double[] quantiles = new double[asked.length];
    for (int p = 0; p < asked.length; p++) {
      quantiles[p] = all[Arrays.binarySearch(probabilities, asked[p])];
    }
    Optional<double[][]> radii = Optional.ofNullable(conformal.get(forecast.method()));
    if (radii.isEmpty()) {
      return quantiles;
    }
    double[][] bySteps = radii.get();
    return Intervals.corrected(
        quantiles,
        asked,
        forecast.mean()[h],
        all[Arrays.binarySearch(probabilities, 0.1)],
        all[Arrays.binarySearch(probabilities, 0.9)],
        bySteps[Math.min(h, bySteps.length - 1)]);
  }
}
