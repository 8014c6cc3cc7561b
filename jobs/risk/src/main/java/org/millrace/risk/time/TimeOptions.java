package org.millrace.risk.time;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;

/**
 * Rows of time series: what was before a row becomes features of it, and what comes after it is to
 * be told. Defaults and meanings of the keys are in {@code millrace/risk/time.conf}.
 *
 * @param column orders the rows of a series: a timestamp, a date or a number
 * @param keys columns that tell series apart; none where the table is one series
 * @param columns numeric columns whose history becomes features; none stands for the label
 * @param lags rows back from the row itself, 0 is the row's own value
 * @param rolling lengths of windows that end with the row, whose means become features
 * @param horizon rows ahead whose label is to be told; 0 tells the row's own
 * @param target what is learnt of a number
 * @param naive the forecast that costs nothing
 */
public record TimeOptions(
    String column,
    List<String> keys,
    List<String> columns,
    List<Integer> lags,
    List<Integer> rolling,
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
        unique(rolling) && rolling.stream().allMatch(rows -> rows >= 2 && rows <= MOST),
        "rolling",
        rolling,
        "different numbers of rows, each 2..100000");
    Check.that(horizon >= 0 && horizon <= MOST, "horizon", horizon, "0..100000 rows");
    keys = List.copyOf(keys);
    columns = List.copyOf(columns);
    lags = List.copyOf(lags);
    rolling = List.copyOf(rolling);
  }

  private static boolean unique(List<?> values) {
    return new HashSet<>(values).size() == values.size();
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
}
