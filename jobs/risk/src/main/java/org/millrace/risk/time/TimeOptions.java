package org.millrace.risk.time;

import static org.apache.spark.sql.functions.col;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.millrace.config.Check;

/**
 * Rows of time series: what was before a row becomes features of it, and what comes after it is to
 * be told. Defaults and meanings of the keys are in {@code reference.conf}.
 *
 * @param column orders the rows of a series: a timestamp, a date or a number
 * @param keys columns that tell series apart; none where the table is one series
 * @param columns numeric columns whose history becomes features; none stands for the label
 * @param lags rows back from the row itself, 0 is the row's own value
 * @param differences rows back that the newest known number is compared with
 * @param rolling lengths of windows that end with the row
 * @param statistics of the windows, which become features
 * @param calendar parts of the row's own time that become features
 * @param horizon rows ahead whose label is to be told; 0 tells the row's own
 * @param target what is learnt of a number
 * @param naive the forecast that costs nothing
 */
public record TimeOptions(
    String column,
    List<String> keys,
    List<String> columns,
    List<Integer> lags,
    List<Integer> differences,
    List<Integer> rolling,
    List<Statistic> statistics,
    List<CalendarPart> calendar,
    int horizon,
    Target target,
    Naive naive) {
  private static final int MOST = 100_000;

  /**
   * The last known value, or that of the season before.
   *
   * @param season rows in a season
   */
  public record Naive(Optional<Integer> season) {
    public Naive {
      season.ifPresent(
          s -> Check.that(s >= 1 && s <= MOST, "season", s, "1..100000 rows, or null"));
    }
  }

  public TimeOptions {
    Check.that(!column.isBlank(), "column", column, "the name of a column");
    Check.that(!keys.contains(column), "keys", keys, "columns other than the time " + column);
    Check.that(unique(keys), "keys", keys, "each column once");
    Check.that(unique(columns), "columns", columns, "each column once");
    Check.that(
        unique(lags) && lags.stream().allMatch(lag -> lag >= 0 && lag <= MOST),
        "lags",
        lags,
        "different numbers of rows, each 0..100000");
    Check.that(
        unique(differences) && differences.stream().allMatch(rows -> rows >= 1 && rows <= MOST),
        "differences",
        differences,
        "different numbers of rows, each 1..100000");
    Check.that(
        unique(rolling) && rolling.stream().allMatch(rows -> rows >= 2 && rows <= MOST),
        "rolling",
        rolling,
        "different numbers of rows, each 2..100000");
    Check.that(
        unique(statistics) && (rolling.isEmpty() || !statistics.isEmpty()),
        "statistics",
        statistics,
        "each of mean, deviation, min, max at the most once, and one or more where rolling has windows");
    Check.that(unique(calendar), "calendar", calendar, "each part once");
    Check.that(horizon >= 0 && horizon <= MOST, "horizon", horizon, "0..100000 rows");
    keys = List.copyOf(keys);
    columns = List.copyOf(columns);
    lags = List.copyOf(lags);
    differences = List.copyOf(differences);
    rolling = List.copyOf(rolling);
    statistics = List.copyOf(statistics);
    calendar = List.copyOf(calendar);
  }

  private static boolean unique(List<?> values) {
    return new HashSet<>(values).size() == values.size();
  }

  /** Columns of the table that it needs beside the label. */
  public List<String> named() {
    return Stream.of(keys, List.of(column), columns).flatMap(List::stream).distinct().toList();
  }

  /** The names of the features that are made of time and of what was before a row. */
  public List<String> names(String label) {
    return Stream.concat(
            SeriesPlan.features(this, label).stream(),
            calendar.stream().map(part -> TimeColumns.calendar(column, part)))
        .toList();
  }

  /** The columns whose history becomes features. */
  List<String> remembered(String label) {
    return columns.isEmpty() ? List.of(label) : columns;
  }

  /** Rows back to the newest label that is known when a row is scored. */
  int newest() {
    return horizon == 0 ? 1 : 0;
  }

  /** Rows back from a row to the label that is as far in its season as the one to tell. */
  Optional<Integer> seasonal() {
    return naive
        .season()
        .map(season -> (horizon + newest() + season - 1) / season * season - horizon);
  }

  /** The column with the naive forecast that the target is compared with. */
  public String naiveColumn() {
    return naive.season().isPresent() ? TimeColumns.SEASONAL_VALUE : TimeColumns.LAST_VALUE;
  }

  /** What is learnt of a label; null where it has no naive forecast to be compared with. */
  public Column learnt(Column value) {
    return target.learnt(value, col(naiveColumn()));
  }

  /** A sentence for the model card. */
  public String describe() {
    String what =
        switch (target) {
          case VALUE -> "It learns the label itself";
          case DIFFERENCE -> "It learns the label less the ";
          case RATIO -> "It learns the label over the ";
        };
    String naiveForecast =
        target == Target.VALUE
            ? ""
            : naive
                .season()
                .map(s -> "last value of a season of %d rows".formatted(s))
                .orElse("last known value");
    return "%s%s, %d rows after the row, by the order of %s%s."
        .formatted(
            what,
            naiveForecast,
            horizon,
            column,
            keys.isEmpty() ? "" : " in each series (%s)".formatted(String.join(", ", keys)));
  }
}
