package org.millrace.table;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Reads times by a pattern, strictly: what the pattern does not wholly match, and a day that does
 * not exist, is null. Spark's own functions end the job instead where its former parser would have
 * been content.
 */
final class PatternParser implements UDF1<String, Long> {
  private static final long serialVersionUID = 1L;
  private static final ZonedDateTime AFTERNOON =
      ZonedDateTime.of(2001, 2, 3, 16, 5, 6, 0, ZoneId.of("UTC"));

  private final String pattern;
  private final String zone;
  private transient DateTimeFormatter formatter;
  private transient ZoneId zoneId;

  PatternParser(String pattern, String zone) {
    this.pattern = pattern;
    this.zone = zone;
  }

  @Override
  public Long call(String text) {
    if (text == null) {
      return null;
    }
    if (formatter == null) {
      formatter = formatter();
      zoneId = ZoneId.of(zone, ZoneId.SHORT_IDS);
    }
    try {
      Instant instant = instant(parse(formatter, text.strip()));
      return Micros.of(instant);
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private Instant instant(TemporalAccessor parsed) {
    if (parsed instanceof ZonedDateTime zoned) {
      return zoned.toInstant();
    }
    if (parsed instanceof LocalDateTime local) {
      return local.atZone(zoneId).toInstant();
    }
    return LocalDate.from(parsed).atStartOfDay(zoneId).toInstant();
  }

  /**
   * Tries the pattern on a time of its own.
   *
   * @throws IllegalArgumentException where it is no pattern, tells no day, or half of a time
   */
  void requireDay() {
    DateTimeFormatter made = formatter();
    try {
      String afternoon = made.format(AFTERNOON);
      boolean dayOnly = parse(made, afternoon) instanceof LocalDate;
      if (!dayOnly || afternoon.equals(made.format(AFTERNOON.truncatedTo(ChronoUnit.DAYS)))) {
        return;
      }
    } catch (DateTimeException e) {
      throw unusable(e);
    }
    throw unusable(null);
  }

  private IllegalArgumentException unusable(Exception cause) {
    return new IllegalArgumentException(
        "a time format is epoch-seconds, epoch-millis or a pattern such as dd/MM/yyyy HH:mm, was '%s'"
            .formatted(pattern),
        cause);
  }

  /** A pattern without a day is read as the first of the month. */
  private DateTimeFormatter formatter() {
    try {
      DateTimeFormatter whole =
          builder().toFormatter(Locale.US).withResolverStyle(ResolverStyle.STRICT);
      return readsItself(whole)
          ? whole
          : builder()
              .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
              .toFormatter(Locale.US)
              .withResolverStyle(ResolverStyle.STRICT);
    } catch (IllegalArgumentException e) {
      throw unusable(e);
    }
  }

  private DateTimeFormatterBuilder builder() {
    return new DateTimeFormatterBuilder()
        .parseCaseInsensitive()
        .appendPattern(pattern)
        .parseDefaulting(ChronoField.ERA, 1);
  }

  private static boolean readsItself(DateTimeFormatter formatter) {
    try {
      parse(formatter, formatter.format(AFTERNOON));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static TemporalAccessor parse(DateTimeFormatter formatter, String text) {
    return formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
  }
}
