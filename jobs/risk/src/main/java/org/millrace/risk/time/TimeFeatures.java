package org.millrace.risk.time;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.millrace.eval.ColumnNames;
import org.millrace.outcome.Stop;

/**
 * Gives each row of a table of time series its history as features, and the label that comes {@code
 * horizon} rows after it beside its own. A feature of a row is made of that row and of earlier ones
 * of its series; what stands in later rows, or in other series, does not touch it. The rows of a
 * series stream by one task in the order of time, sorted on disk where memory does not suffice.
 */
public final class TimeFeatures {
  private final TimeOptions options;
  private final String label;

  public TimeFeatures(TimeOptions options, String label) {
    this.options = options;
    this.label = label;
  }

  /** The names of the features that are added: numbers, missing where the history is too short. */
  public List<String> names() {
    return options.names(label);
  }

  /**
   * The rows without those that have no time, with the added features and {@link TimeColumns}.
   * {@link TimeColumns#LABEL} is null in the rows at the end of each series, of which what is to be
   * told has not come yet. Lags, windows and the horizon count rows, whatever time lies between.
   *
   * @throws Stop exit 2 where the table lacks a column that the options name, has it as another
   *     type, or has a column of a name that is to be added; exit 3 where two rows of a series have
   *     the same time
   */
  public Dataset<Row> of(Dataset<Row> rows) {
    check(rows.schema());
    requireOneRowAMoment(rows);
    Column[] order =
        Stream.concat(options.keys().stream(), Stream.of(options.column()))
            .map(ColumnNames::column)
            .toArray(Column[]::new);
    Dataset<Row> timed = rows.filter(ColumnNames.column(options.column()).isNotNull());
    Column[] keys = Arrays.copyOf(order, order.length - 1);
    Dataset<Row> sorted =
        (keys.length > 0 ? timed.repartition(keys) : timed.repartition(1))
            .sortWithinPartitions(order);
    SeriesPlan plan = new SeriesPlan(rows.schema(), options, label);
    MapPartitionsFunction<Row, Row> each = (Iterator<Row> part) -> new SeriesIterator(plan, part);
    Dataset<Row> made = sorted.mapPartitions(each, Encoders.row(plan.schema));
    for (CalendarPart part : options.calendar()) {
      made =
          made.withColumn(
              TimeColumns.calendar(options.column(), part),
              part.of(ColumnNames.column(options.column())).cast("double"));
    }
    return made;
  }

  /**
   * Finds what the options ask of a table that it does not have, without reading rows.
   *
   * @throws Stop exit 2
   */
  public void check(StructType table) {
    List<String> present = List.of(table.fieldNames());
    List<String> named = new ArrayList<>(options.keys());
    named.add(options.column());
    named.addAll(options.remembered(label));
    named.add(label);
    for (String name : named) {
      if (!present.contains(name)) {
        throw Stop.usage(
            "time-series names the column %s, which the table does not have; it has %s",
            name, present);
      }
    }
    for (String name : options.remembered(label)) {
      if (!SeriesPlan.isNumeric(table.apply(name).dataType())) {
        throw Stop.usage(
            "time-series has the history of the column %s, which is of type %s; name numbers or booleans as"
                + " time-series.columns",
            name, table.apply(name).dataType().simpleString());
      }
    }
    requireTime(table.apply(options.column()).dataType());
    if (options.target() != Target.VALUE && !SeriesPlan.isNumeric(table.apply(label).dataType())) {
      throw Stop.usage(
          "time-series.target is %s, but the label %s is of type %s: only numbers have a difference or a"
              + " ratio; set it to value",
          options.target(), label, table.apply(label).dataType().simpleString());
    }
    if (options.horizon() == 0
        && options.lags().contains(0)
        && options.remembered(label).contains(label)) {
      throw Stop.usage(
          "time-series.lags has 0 with time-series.horizon = 0: a row's own label would tell itself; lags of the"
              + " label %s begin at 1 then",
          label);
    }
    List<String> added = new ArrayList<>(names());
    added.addAll(TimeColumns.names());
    added.retainAll(present);
    if (!added.isEmpty()) {
      throw Stop.usage(
          "the table has a column %s, a name that time-series gives to what it adds; rename it in the"
              + " contract",
          added.get(0));
    }
  }

  private void requireTime(DataType type) {
    boolean calendar =
        type instanceof DateType
            || type instanceof TimestampType
            || type instanceof TimestampNTZType;
    if (!calendar && !(type instanceof NumericType)) {
      throw Stop.usage(
          "time-series.column is %s, which is of type %s; name a date, a timestamp or a number",
          options.column(), type.simpleString());
    }
    if (!calendar && !options.calendar().isEmpty()) {
      throw Stop.usage(
          "time-series.calendar asks for parts of the calendar, but %s is of type %s; set it to []",
          options.column(), type.simpleString());
    }
  }

  private void requireOneRowAMoment(Dataset<Row> rows) {
    List<String> names = new ArrayList<>(options.keys());
    names.add(options.column());
    Column[] moment = names.stream().map(ColumnNames::column).toArray(Column[]::new);
    Column first = struct(moment);
    Row twice =
        rows.filter(ColumnNames.column(options.column()).isNotNull())
            .groupBy(moment)
            .agg(count(lit(1)).as("_rows"))
            .filter(col("_rows").gt(1))
            .agg(count(lit(1)), sum("_rows"), min(first), min_by(col("_rows"), first))
            .first();
    if (twice.getLong(0) > 0) {
      List<String> shown = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        shown.add(names.get(i) + " = " + twice.getStruct(2).get(i));
      }
      throw Stop.contract(
          "%d rows share their time with another row of their series, at %d moments (%d rows have %s):"
              + " rows of a series need different times; name the columns that tell the series apart as"
              + " time-series.keys, or make the rows of a moment one",
          twice.getLong(1), twice.getLong(0), twice.getLong(3), String.join(", ", shown));
    }
  }
}
