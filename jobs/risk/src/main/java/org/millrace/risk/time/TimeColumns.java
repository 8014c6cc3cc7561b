package org.millrace.risk.time;

import java.util.List;

/** Columns that {@link TimeFeatures} adds to a table beside the features. */
public final class TimeColumns {
  /** What is to be told of the row, of the label's type; null where it has not come. */
  public static final String LABEL = "_told_label";

  /** When what is to be told happens; null where the table does not reach so far. */
  public static final String TARGET_TIME = "_target_time";

  /** The newest label that is known when the row is scored (DOUBLE). */
  public static final String LAST_VALUE = "_last_value";

  /** The newest known label as far in its season as the one to tell; null without a season. */
  public static final String SEASONAL_VALUE = "_seasonal_value";

  /** Seconds, days or units of number since the row before it; null in the first (DOUBLE). */
  public static final String STEP = "_step";

  private TimeColumns() {}

  static List<String> names() {
    return List.of(LABEL, TARGET_TIME, LAST_VALUE, SEASONAL_VALUE, STEP);
  }

  static String calendar(String time, CalendarPart part) {
    return time + "_" + part.id();
  }

  static String difference(String column, int rows) {
    return column + "_difference_" + rows;
  }

  static String lag(String column, int rows) {
    return column + "_lag_" + rows;
  }

  static String window(String column, Statistic statistic, int rows) {
    return column + "_" + statistic.id() + "_" + rows;
  }
}
