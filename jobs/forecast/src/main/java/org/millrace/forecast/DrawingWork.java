package org.millrace.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.forecast.backtest.Probabilities;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.series.RawSeries;
import org.millrace.forecast.series.Refused;
import org.millrace.forecast.series.RegularSeries;
import org.millrace.forecast.series.Regularizer;
import org.millrace.forecast.series.SeriesTable;
import org.millrace.forecast.series.Times;
import org.millrace.forecast.work.Forecast;
import org.millrace.forecast.work.Forecaster;

/** Forecasts the newest steps of a few series as the backtest did, for charts. */
final class DrawingWork implements SeriesTable.Work {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_HISTORY = 120;
  private static final double[] ENDS = Probabilities.withIntervals(List.of());

  private final Regularizer regularizer;
  private final TreeMap<String, Method> methods;
  private final int horizon;
  private final Forecaster.Limits limits;

  DrawingWork(
      Regularizer regularizer, Map<String, Method> methods, int horizon, Forecaster.Limits limits) {
    this.regularizer = regularizer;
    this.methods = new TreeMap<>(methods);
    this.horizon = horizon;
    this.limits = limits;
  }

  /** The key columns, what the series is, its newest steps and their forecast; NaN is a gap. */
  static StructType schema(StructType keys) {
    DataType numbers = DataTypes.createArrayType(DataTypes.DoubleType);
    StructType schema =
        keys.add("method", DataTypes.StringType)
            .add("origin", DataTypes.StringType)
            .add("truth", numbers)
            .add("mean", numbers);
    for (int i = 0; i < ENDS.length; i++) {
      schema = schema.add("end" + i, numbers);
    }
    return schema;
  }

  @Override
  public SeriesTable.Worker begin() {
    Forecaster forecaster = new Forecaster(limits, ENDS);
    return new SeriesTable.Worker() {
      @Override
      public Iterator<Row> work(RawSeries raw) {
        forecaster.nextSeries();
        return drawn(raw, forecaster).iterator();
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

  private List<Row> drawn(RawSeries raw, Forecaster forecaster) {
    try {
      RegularSeries series = regularizer.regularize(raw, 0);
      int end = series.length() - horizon;
      if (raw.note().isEmpty() || end < 2) {
        return List.of();
      }
      Forecast forecast =
          forecaster.forecast(
              methods.get(raw.note().get()),
              series.history(end),
              horizon,
              series.futureOf(end, horizon));
      List<Object> values = new ArrayList<>(Arrays.asList(raw.key()));
      values.add(forecast.method() + ": " + forecast.description());
      values.add(Times.show(series.time(end - 1)));
      values.add(
          Arrays.copyOfRange(series.truth(), Math.max(0, end - SHOWN_HISTORY), series.length()));
      values.add(forecast.mean());
      for (int p = 0; p < ENDS.length; p++) {
        int at = p;
        values.add(Arrays.stream(forecast.quantiles()).mapToDouble(q -> q[at]).toArray());
      }
      return List.of(RowFactory.create(values.toArray()));
    } catch (Refused | Forecaster.Failed e) {
      return List.of(); // It was measured before; only a clock can have changed its mind.
    }
  }
}
