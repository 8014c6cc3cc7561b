package org.millrace.risk.time;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The options with the places of their columns in a row, for the executors. */
final class SeriesPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  final int[] keys;
  final int time;
  final int label;
  final boolean numericLabel;
  final int[] columns;

  /** Which of the columns is the label; -1 where none is. */
  final int labelAmong;

  final int[] lags;
  final int[] differences;
  final int[] rolling;
  final Statistic[] statistics;
  final int horizon;
  final int newest;

  /** Rows back to the seasonal value; -1 without a season. */
  final int seasonal;

  final Target target;
  final StructType schema;

  SeriesPlan(StructType rows, TimeOptions options, String label) {
    this.keys = options.keys().stream().mapToInt(rows::fieldIndex).toArray();
    this.time = rows.fieldIndex(options.column());
    this.label = rows.fieldIndex(label);
    this.numericLabel = isNumeric(rows.apply(label).dataType());
    List<String> remembered = options.remembered(label);
    this.columns = remembered.stream().mapToInt(rows::fieldIndex).toArray();
    this.labelAmong = remembered.indexOf(label);
    this.lags = options.lags().stream().mapToInt(Integer::intValue).toArray();
    this.differences = options.differences().stream().mapToInt(Integer::intValue).toArray();
    this.statistics = options.statistics().toArray(Statistic[]::new);
    this.rolling = options.rolling().stream().mapToInt(Integer::intValue).toArray();
    this.horizon = options.horizon();
    this.newest = options.newest();
    this.seasonal = options.seasonal().orElse(-1);
    this.target = options.target();
    this.schema = schema(rows, options, label);
  }

  /** The names of the features that are made of what was before a row, in their order. */
  static List<String> features(TimeOptions options, String label) {
    List<String> names = new ArrayList<>();
    for (String column : options.remembered(label)) {
      options.lags().forEach(lag -> names.add(TimeColumns.lag(column, lag)));
      options.differences().forEach(rows -> names.add(TimeColumns.difference(column, rows)));
      for (int rows : options.rolling()) {
        options.statistics().forEach(s -> names.add(TimeColumns.window(column, s, rows)));
      }
    }
    return names;
  }

  private static StructType schema(StructType rows, TimeOptions options, String label) {
    StructType schema = new StructType();
    for (StructField field : rows.fields()) {
      schema = schema.add(field.name(), field.dataType(), true, field.metadata());
    }
    for (String feature : features(options, label)) {
      schema = schema.add(feature, DataTypes.DoubleType);
    }
    return schema
        .add(TimeColumns.LABEL, rows.apply(label).dataType())
        .add(TimeColumns.TARGET_TIME, rows.apply(options.column()).dataType())
        .add(TimeColumns.LAST_VALUE, DataTypes.DoubleType)
        .add(TimeColumns.SEASONAL_VALUE, DataTypes.DoubleType)
        .add(TimeColumns.STEP, DataTypes.DoubleType);
  }

  /** How many rows must be remembered, the newest one included. */
  int memory() {
    int lag = IntStream.of(lags).max().orElse(0);
    int window = IntStream.concat(IntStream.of(rolling), IntStream.of(differences)).max().orElse(0);
    return 1 + Math.max(Math.max(lag, window + newest), Math.max(seasonal, newest));
  }

  static boolean isNumeric(DataType type) {
    return type instanceof org.apache.spark.sql.types.NumericType
        || type.equals(DataTypes.BooleanType);
  }
}
