package org.millrace.risk.time;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

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
import org.apache.spark.sql.types.StructType;
import org.millrace.outcome.Stop;

/**
 * Gives each row of a table of time series its history as features, and the label that comes {@code
 * horizon} rows after it in place of its own. A feature of a row is made of that row and of earlier
 * ones of its series; what stands in later rows, or in other series, does not touch it. The rows of
 * a series stream by one task in the order of time, sorted on disk where memory does not suffice.
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
    return SeriesPlan.features(options, label);
  }

  /**
   * The rows without those that have no time, with the added features and {@link TimeColumns}. The
   * label is null in the rows at the end of each series, of which it has not come yet.
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
            .map(TimeFeatures::column)
            .toArray(Column[]::new);
    Dataset<Row> timed = rows.filter(column(options.column()).isNotNull());
    Column[] keys = Arrays.copyOf(order, order.length - 1);
    Dataset<Row> sorted =
        (keys.length > 0 ? timed.repartition(keys) : timed.repartition(1))
            .sortWithinPartitions(order);
    SeriesPlan plan = new SeriesPlan(rows.schema(), options, label);
    MapPartitionsFunction<Row, Row> each = (Iterator<Row> part) -> new SeriesIterator(plan, part);
    return sorted.mapPartitions(each, Encoders.row(plan.schema));
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
            "time names the column %s, which the table does not have; it has %s", name, present);
      }
    }
    for (String name : options.remembered(label)) {
      if (!SeriesPlan.isNumeric(table.apply(name).dataType())) {
        throw Stop.usage(
            "time has lags or means of the column %s, which is of type %s; name numbers or booleans as"
                + " time.columns",
            name, table.apply(name).dataType().simpleString());
      }
    }
    if (options.target() != Target.VALUE && !SeriesPlan.isNumeric(table.apply(label).dataType())) {
      throw Stop.usage(
          "time.target is %s, but the label %s is of type %s: only numbers have a difference or a"
              + " ratio; set it to value",
          options.target(), label, table.apply(label).dataType().simpleString());
    }
    if (options.horizon() == 0
        && options.lags().contains(0)
        && options.remembered(label).contains(label)) {
      throw Stop.usage(
          "time.lags has 0 with time.horizon = 0: a row's own label would tell itself; lags of the"
              + " label %s begin at 1 then",
          label);
    }
    List<String> added = new ArrayList<>(names());
    added.addAll(
        List.of(TimeColumns.TARGET_TIME, TimeColumns.LAST_VALUE, TimeColumns.SEASONAL_VALUE));
    added.retainAll(present);
    if (!added.isEmpty()) {
      throw Stop.usage(
          "the table has a column %s, a name that time gives to what it adds; rename it in the"
              + " contract",
          added.get(0));
    }
  }

  private void requireOneRowAMoment(Dataset<Row> rows) {
    List<String> names = new ArrayList<>(options.keys());
    names.add(options.column());
    Column[] moment = names.stream().map(TimeFeatures::column).toArray(Column[]::new);
    List<Row> twice =
        rows.filter(column(options.column()).isNotNull())
            .groupBy(moment)
            .agg(count(lit(1)).as("_rows"))
            .filter(col("_rows").gt(1))
            .sort(moment)
            .limit(1)
            .collectAsList();
    if (!twice.isEmpty()) {
      Row row = twice.get(0);
      List<String> shown = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        shown.add(names.get(i) + " = " + row.get(i));
      }
      throw Stop.contract(
          "%d rows have %s: rows of a series need different times; name the columns that tell the"
              + " series apart as time.keys",
          row.<Long>getAs("_rows"), String.join(", ", shown));
    }
  }

  private static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
