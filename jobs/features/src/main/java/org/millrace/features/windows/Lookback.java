package org.millrace.features.windows;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.millrace.config.Check;

/**
 * What is told of a row from what happened before it, of the same key.
 *
 * @param windows lengths of trailing windows
 * @param aggregates what is told of columns in each window
 * @param lags the columns of so many history rows back; 1 is the latest, of several at one instant
 *     the one with the greatest values
 * @param lagColumns columns that are told of these rows
 * @param tolerance age above which a history row is not told as a lag
 * @param now whether history of a row's own instant counts
 */
public record Lookback(
    List<Duration> windows,
    List<Aggregate> aggregates,
    List<Integer> lags,
    List<String> lagColumns,
    Duration tolerance,
    Now now)
    implements Serializable {
  private static final int MOST_LAGS = 1000;

  /** What counts of the history at a row's own instant. */
  public enum Now {
    /** Nothing: a row does not see itself, nor what happened with it. */
    EXCLUDE,
    INCLUDE
  }

  /**
   * What is told of a column.
   *
   * @param column numeric
   * @param functions which of its values in a window are told
   */
  public record Aggregate(String column, List<Function> functions) implements Serializable {
    public Aggregate {
      Check.that(
          !functions.isEmpty() && functions.stream().distinct().count() == functions.size(),
          "functions",
          functions,
          "one or more of count, sum, mean, min, max, each once");
      functions = List.copyOf(functions);
    }
  }

  /** Of the values that are not null; null where there are none, but for the count. */
  public enum Function {
    COUNT,
    SUM,
    MEAN,
    MIN,
    MAX;

    Object of(SlidingColumn column) {
      if (this == COUNT) {
        return column.count();
      }
      if (column.count() == 0) {
        return null;
      }
      return switch (this) {
        case SUM -> column.sum();
        case MEAN -> column.sum() / column.count();
        case MIN -> column.min();
        default -> column.max();
      };
    }
  }

  public Lookback {
    Check.that(
        windows.stream().allMatch(w -> w.toSeconds() >= 1 && w.toDays() <= 36_600)
            && windows.stream().distinct().count() == windows.size(),
        "windows",
        windows,
        "different durations from 1 second to 36600 days");
    Check.that(
        lags.stream().allMatch(l -> l >= 1 && l <= MOST_LAGS)
            && lags.stream().distinct().count() == lags.size(),
        "lags",
        lags,
        "different numbers of rows, each 1..1000");
    Check.that(
        tolerance.toSeconds() >= 1 && tolerance.toDays() <= 36_600,
        "tolerance",
        tolerance,
        "a duration from 1 second to 36600 days");
    Check.that(
        lags.isEmpty() == lagColumns.isEmpty(),
        "lag-columns",
        lagColumns,
        "columns where lags has rows, none where it has none");
    Check.that(
        windows.isEmpty() ? aggregates.isEmpty() && !lags.isEmpty() : true,
        "windows",
        windows,
        "one window or more, or lags without aggregates");
    windows = List.copyOf(windows);
    aggregates = List.copyOf(aggregates);
    lags = List.copyOf(lags);
    lagColumns = List.copyOf(lagColumns);
  }

  /** How far any feature looks back, in microseconds. */
  long reachMicros() {
    long reach = micros(tolerance);
    for (Duration window : windows) {
      reach = Math.max(reach, micros(window));
    }
    return reach;
  }

  static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }

  int mostLag() {
    return lags.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** Columns of the history that are needed. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>(lagColumns);
    aggregates.forEach(a -> columns.add(a.column()));
    return columns.stream().distinct().toList();
  }

  /**
   * The features' columns: {@code age_seconds} (since the latest history row within the tolerance),
   * then for each window {@code rows_7d} (history rows in it) and {@code COLUMN_FUNCTION_7d}, then
   * {@code COLUMN_lag_N}.
   */
  public StructType schema(StructType history) {
    List<StructField> fields = new ArrayList<>();
    fields.add(DataTypes.createStructField("age_seconds", DataTypes.DoubleType, true));
    for (Duration window : windows) {
      String length = text(window);
      fields.add(DataTypes.createStructField("rows_" + length, DataTypes.LongType, true));
      for (Aggregate aggregate : aggregates) {
        for (Function function : aggregate.functions()) {
          fields.add(
              DataTypes.createStructField(
                  "%s_%s_%s"
                      .formatted(
                          aggregate.column(),
                          function.name().toLowerCase(java.util.Locale.ROOT),
                          length),
                  function == Function.COUNT ? DataTypes.LongType : DataTypes.DoubleType,
                  true));
        }
      }
    }
    for (int lag : lags) {
      for (String column : lagColumns) {
        fields.add(
            DataTypes.createStructField(
                column + "_lag_" + lag, history.apply(column).dataType(), true));
      }
    }
    return new StructType(fields.toArray(StructField[]::new));
  }

  private static String text(Duration window) {
    long seconds = window.toSeconds();
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    return seconds % 3600 == 0
        ? seconds / 3600 + "h"
        : seconds % 60 == 0 ? seconds / 60 + "min" : seconds + "s";
  }
}
