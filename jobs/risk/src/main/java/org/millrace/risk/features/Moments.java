package org.millrace.risk.features;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Dates and timestamps of rows. */
public final class Moments {
  private Moments() {}

  /**
   * In UTC; a date is its midnight. Spark's rows hold old or new classes of time, as its
   * configuration says.
   */
  @SuppressWarnings("JavaUtilDate") // What Spark's rows hold.
  public static LocalDateTime of(Object value) {
    if (value instanceof java.sql.Timestamp timestamp) {
      return LocalDateTime.ofInstant(timestamp.toInstant(), ZoneOffset.UTC);
    }
    if (value instanceof Instant instant) {
      return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
    if (value instanceof java.sql.Date date) {
      return date.toLocalDate().atStartOfDay();
    }
    if (value instanceof java.time.LocalDate date) {
      return date.atStartOfDay();
    }
    return (LocalDateTime) value;
  }
}
