package org.millrace.forecast;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.forecast.series.RegularSeries;
import org.millrace.forecast.series.Times;
import org.millrace.forecast.work.Forecast;

/**
 * Forecasts as rows, one for each step, under the key columns.
 *
 * @param keys how many key columns there are
 */
record ForecastRows(int keys) implements java.io.Serializable {
  /** Names that key columns cannot have. */
  static final List<String> OWN =
      List.of(
          "timestamp",
          "step",
          "mean",
          "probabilities",
          "quantiles",
          "method",
          "fallback_reason",
          "frequency",
          "history",
          "filled",
          "model_version",
          "run_id",
          "scored_at");

  private static final int COLUMNS = 10;

  static StructType schema(StructType keys) {
    return keys.add("timestamp", DataTypes.TimestampType)
        .add("step", DataTypes.IntegerType)
        .add("mean", DataTypes.DoubleType)
        .add("probabilities", DataTypes.createArrayType(DataTypes.DoubleType))
        .add("quantiles", DataTypes.createArrayType(DataTypes.DoubleType))
        .add("method", DataTypes.StringType)
        .add("fallback_reason", DataTypes.StringType)
        .add("frequency", DataTypes.StringType)
        .add("history", DataTypes.IntegerType)
        .add("filled", DataTypes.IntegerType);
  }

  int width() {
    return keys + COLUMNS;
  }

  /**
   * @param h the step, from 0
   * @param quantiles of the step
   */
  Row row(
      Object[] key,
      RegularSeries series,
      Forecast forecast,
      int h,
      double[] probabilities,
      double[] quantiles) {
    Object[] values = Arrays.copyOf(key, width());
    values[keys] = Times.timestamp(series.time(series.length() + h));
    values[keys + 1] = h + 1;
    values[keys + 2] = forecast.mean()[h];
    values[keys + 3] = probabilities;
    values[keys + 4] = quantiles;
    values[keys + 5] = forecast.method();
    values[keys + 6] = forecast.reason().orElse(null);
    values[keys + 7] = series.frequency().toString();
    values[keys + 8] = series.length();
    values[keys + 9] = series.filled();
    return Verdicts.good(values);
  }
}
