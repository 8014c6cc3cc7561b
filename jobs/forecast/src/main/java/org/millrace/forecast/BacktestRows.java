package org.millrace.forecast;

import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.forecast.backtest.Cell;
import org.millrace.forecast.backtest.Measure;
import org.millrace.forecast.backtest.SeriesBacktest;
import org.millrace.forecast.interval.Distances;
import org.millrace.forecast.series.RegularSeries;

/**
 * What the tasks of a backtest leave: a row for each series (its errors by method, window and
 * measure), and behind them what a task's series show together (a row for each method and step).
 * The key columns come first.
 *
 * @param keys how many key columns there are
 */
record BacktestRows(int keys) implements java.io.Serializable {
  static final String CELL = "cell";
  static final String FREQUENCY = "frequency";
  private static final int COLUMNS = 10;

  static StructType schema(StructType keys) {
    return keys.add(FREQUENCY, DataTypes.StringType)
        .add("length", DataTypes.IntegerType)
        .add("filled", DataTypes.IntegerType)
        .add("windows", DataTypes.IntegerType)
        .add("errors", DataTypes.createArrayType(DataTypes.DoubleType))
        .add("failures", DataTypes.createArrayType(DataTypes.StringType))
        .add("distances", DataTypes.BinaryType)
        .add("method", DataTypes.IntegerType)
        .add("step", DataTypes.IntegerType)
        .add(CELL, DataTypes.BinaryType);
  }

  int width() {
    return keys + COLUMNS;
  }

  Row ofSeries(Object[] key, RegularSeries series, SeriesBacktest.Outcome outcome) {
    Object[] values = Arrays.copyOf(key, width());
    values[keys] = series.frequency().toString();
    values[keys + 1] = series.length();
    values[keys + 2] = series.filled();
    values[keys + 3] = outcome.errors()[0].length;
    values[keys + 4] = flat(outcome.errors());
    values[keys + 5] = outcome.failures();
    values[keys + 6] = outcome.distances().bytes();
    return Verdicts.good(values);
  }

  Row ofBoard(int method, int step, Cell cell) {
    Object[] values = new Object[width()];
    values[keys + 7] = method;
    values[keys + 8] = step;
    values[keys + 9] = cell.toBytes();
    return Verdicts.good(values);
  }

  int windows(Row row) {
    return row.getInt(keys + 3);
  }

  /** By method, window and measure. */
  double[][][] errors(Row row, int methods) {
    int windows = windows(row);
    double[][][] errors = new double[methods][windows][Measure.values().length];
    java.util.List<Double> flat = row.getList(keys + 4);
    int at = 0;
    for (double[][] ofMethod : errors) {
      for (double[] ofWindow : ofMethod) {
        for (int k = 0; k < ofWindow.length; k++) {
          ofWindow[k] = flat.get(at++);
        }
      }
    }
    return errors;
  }

  /** How far its values came from their forecasts. */
  Distances distances(Row row, int horizon) {
    return Distances.of(row.getAs(keys + 6), windows(row), horizon);
  }

  boolean[] failed(Row row) {
    java.util.List<String> failures = row.getList(keys + 5);
    boolean[] failed = new boolean[failures.size()];
    for (int m = 0; m < failed.length; m++) {
      failed[m] = failures.get(m) != null;
    }
    return failed;
  }

  int method(Row row) {
    return row.getInt(keys + 7);
  }

  int step(Row row) {
    return row.getInt(keys + 8);
  }

  Cell cell(Row row) {
    return Cell.of(row.getAs(keys + 9));
  }

  private static double[] flat(double[][][] errors) {
    return Arrays.stream(errors).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
  }
}
