package org.millrace.risk.time;

/** Columns that {@link TimeFeatures} adds to a table beside the features. */
public final class TimeColumns {
  /** When what is to be told happens; null where the table does not reach so far. */
  public static final String TARGET_TIME = "_target_time";

  /** The newest label that is known when the row is scored (DOUBLE). */
  public static final String LAST_VALUE = "_last_value";

  /** The newest known label as far in its season as the one to tell; null without a season. */
  public static final String SEASONAL_VALUE = "_seasonal_value";

  private TimeColumns() {}

  static String lag(String column, int rows) {
    return column + "_lag_" + rows;
  }

  static String mean(String column, int rows) {
    return column + "_mean_" + rows;
  }
}
