package org.millrace.forecast;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.forecast.reconcile.Reconciler;
import org.millrace.forecast.series.RegularSeries;
import org.millrace.forecast.series.Times;
import org.millrace.forecast.work.Forecast;

/**
 * Forecasts as rows, one for each step, under the key columns.
 *
 * @param keys how many key columns there are
 * @param errors whether the row of the first step carries the errors of one step, for reconciling
 */
record ForecastRows(int keys, boolean errors) implements java.io.Serializable {
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

  StructType schema(StructType names) {
    StructType schema =
        names
            .add("timestamp", DataTypes.TimestampType)
            .add("step", DataTypes.IntegerType)
            .add("mean", DataTypes.DoubleType)
            .add("probabilities", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("quantiles", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("method", DataTypes.StringType)
            .add("fallback_reason", DataTypes.StringType)
            .add("frequency", DataTypes.StringType)
            .add("history", DataTypes.IntegerType)
            .add("filled", DataTypes.IntegerType);
    return errors
        ? schema.add(Reconciler.ERRORS, DataTypes.createArrayType(DataTypes.DoubleType))
        : schema;
  }

  int width() {
    return keys + COLUMNS + (errors ? 1 : 0);
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
    if (errors && h == 0) {
      values[keys + 10] = measured(series, forecast.errors());
    }
    return Verdicts.good(values);
  }

  /** NaN on steps that were filled. */
  private static double[] measured(RegularSeries series, double[] errors) {
    double[] measured = errors.clone();
    for (int t = 0; t < errors.length; t++) {
      measured[t] += 0 * series.truth()[series.length() - errors.length + t];
    }
    return measured;
  }
}
