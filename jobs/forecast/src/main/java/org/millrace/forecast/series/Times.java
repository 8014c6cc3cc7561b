package org.millrace.forecast.series;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.millrace.table.Micros;

/** Times as microseconds since 1970, as people and as Spark write them. */
public final class Times {
  private Times() {}

  public static String show(long micros) {
    return instant(micros).toString();
  }

  public static Timestamp timestamp(long micros) {
    return Timestamp.from(instant(micros));
  }

  /**
   * A date or a time without a zone, as Spark gives it to functions. Of an hour that the zone has
   * twice it is the first; in an hour that it leaves out it is as long after the last moment
   * before.
   */
  static Long micros(Object local, ZoneId zone) {
    if (local == null) {
      return null;
    }
    LocalDateTime time =
        local instanceof LocalDateTime t
            ? t
            : local instanceof java.sql.Date d
                ? d.toLocalDate().atStartOfDay()
                : ((LocalDate) local).atStartOfDay();
    return Micros.of(time.atZone(zone).toInstant());
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
