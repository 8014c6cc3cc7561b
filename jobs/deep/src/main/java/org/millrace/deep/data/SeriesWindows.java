package org.millrace.deep.data;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.config.Check;
import org.millrace.eval.ColumnNames;

/**
 * Cuts time series into windows for forecasting: what was ({@code history}), what is known of what
 * comes ({@code known}) and what came ({@code future}). Rows stream by in the order of time, and no
 * more of them are held than a window has. A window is made where all its values are there, each a
 * step behind the one before; defaults and meanings of the keys are in {@code
 * millrace/deep/windows.conf}.
 *
 * @param key the column that tells series apart; empty for a single one
 * @param known columns that are known ahead, such as a price or a holiday
 * @param step from row to row
 * @param history steps that the network sees
 * @param horizon steps that it forecasts
 * @param stride steps from window to window
 */
public record SeriesWindows(
    Optional<String> key,
    String time,
    String value,
    List<String> known,
    Duration step,
    int history,
    int horizon,
    int stride) {
  static final String TIME = "time";
  static final String HISTORY = "history";
  static final String KNOWN = "known";
  static final String FUTURE = "future";

  public SeriesWindows {
    Check.that(!time.isBlank(), "time", time, "the name of a column");
    Check.that(!value.isBlank(), "value", value, "the name of a column");
    Check.that(
        !step.isZero() && !step.isNegative() && step.toNanos() % 1000 == 0,
        "step",
        step,
        "a duration above 0 in whole microseconds");
    Check.that(history >= 1 && history <= 100_000, "history", history, "1..100000");
    Check.that(horizon >= 1 && horizon <= 100_000, "horizon", horizon, "1..100000");
    Check.that(stride >= 1 && stride <= 100_000, "stride", stride, "1..100000");
    known = List.copyOf(known);
  }

  /** What the executors need to know. */
  record Cut(boolean keyed, int known, Duration step, int history, int horizon, int stride)
      implements Serializable {}

  /** Numbers in each step of {@code history}: the value and what was known of it. */
  public int features() {
    return 1 + known.size();
  }

  /**
   * Windows to learn of or to measure on: the key, {@code time} (of the last step of history),
   * {@code history} (an array of arrays: the value, then what is known), {@code known} (horizon x
   * known columns, flat; absent without known columns) and {@code future} (horizon values).
   */
  public Dataset<Row> past(Dataset<Row> rows) {
    return cut(rows, false);
  }

  /**
   * The window at the end of each series, to forecast from; {@code future} is null. Where something
   * is known ahead, rows without a value follow the last one with a value, at least as many as the
   * horizon has steps.
   */
  public Dataset<Row> latest(Dataset<Row> rows) {
    return cut(rows, true);
  }

  private Dataset<Row> cut(Dataset<Row> rows, boolean latest) {
    List<Column> columns = new ArrayList<>();
    key.ifPresent(k -> columns.add(ColumnNames.column(k)));
    columns.add(ColumnNames.column(time).cast(DataTypes.TimestampType).as(TIME));
    columns.add(ColumnNames.column(value).cast(DataTypes.DoubleType));
    known.forEach(k -> columns.add(ColumnNames.column(k).cast(DataTypes.DoubleType)));
    Dataset<Row> narrow = rows.select(columns.toArray(Column[]::new));
    Dataset<Row> sorted =
        key.isPresent()
            ? narrow
                .repartition(ColumnNames.column(key.get()))
                .sortWithinPartitions(ColumnNames.column(key.get()), col(TIME))
            : narrow.repartition(1).sortWithinPartitions(col(TIME));
    Cut windows = new Cut(key.isPresent(), known.size(), step, history, horizon, stride);
    MapPartitionsFunction<Row, Row> each =
        (Iterator<Row> part) -> new WindowIterator(windows, part, latest);
    return sorted.mapPartitions(each, Encoders.row(schema(rows.schema())));
  }

  /**
   * Of the windows of a table.
   *
   * @param rows of the table, with the columns that windows are cut of
   */
  public StructType schema(StructType rows) {
    DataType numbers = DataTypes.createArrayType(DataTypes.DoubleType, false);
    StructType schema = new StructType();
    if (key.isPresent()) {
      schema = schema.add(key.get(), rows.apply(key.get()).dataType());
    }
    schema =
        schema
            .add(TIME, DataTypes.TimestampType)
            .add(HISTORY, DataTypes.createArrayType(numbers, false));
    if (!known.isEmpty()) {
      schema = schema.add(KNOWN, numbers);
    }
    return schema.add(FUTURE, numbers, true);
  }
}
