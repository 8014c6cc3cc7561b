package org.millrace.forecast.series;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.millrace.table.Micros;

/**
 * Numbers the steps of a series: time to step and step to time, in a zone. Steps of minutes and
 * hours are of equal length in real time; days, weeks and months are those of the zone's calendar,
 * so that a day has 23 to 25 hours. Where all times of a series lie at the same place of their step
 * (the last of the month, half past the hour), so do the times of the steps to come; else they
 * stand at its beginning.
 */
public final class Calendar {
  private static final long MINUTE = 60_000_000L;
  private static final int WORKING_DAYS = 5;
  private static final int DAYS_A_WEEK = 7;

  /** 1970-01-05, the first Monday. */
  private static final long FIRST_MONDAY = 4;

  private final Frequency frequency;
  private final ZoneId zone;
  private final Phase phase;

  /**
   * Where in its step a time lies.
   *
   * @param micros of the steps of equal length, after their natural beginning
   * @param units days or months of the first time after the natural beginning of its step
   * @param day of the month; 32 for its last day
   */
  private record Phase(long micros, long units, int day, LocalTime clock) {}

  private Calendar(Frequency frequency, ZoneId zone, Phase phase) {
    this.frequency = frequency;
    this.zone = zone;
    this.phase = phase;
  }

  /**
   * The calendar of a series.
   *
   * @param times microseconds since 1970, at least one, ascending
   */
  public static Calendar of(Frequency frequency, ZoneId zone, long[] times) {
    ZonedDateTime first = at(times[0], zone);
    Calendar natural = new Calendar(frequency, zone, natural(frequency, first));
    Calendar aligned = new Calendar(frequency, zone, natural.ofFirst(first, times));
    return aligned.holds(times) ? aligned : natural;
  }

  /** Steps that begin where people expect it: at midnight, on Monday, on the first. */
  private static Phase natural(Frequency frequency, ZonedDateTime first) {
    long offset = first.getOffset().getTotalSeconds() * -1_000_000L;
    boolean equal = isEqual(frequency.unit());
    long units = isMonths(frequency.unit()) || equal ? 0 : FIRST_MONDAY;
    return new Phase(
        equal ? Math.floorMod(offset, length(frequency)) : 0, units, 1, LocalTime.MIDNIGHT);
  }

  private Phase ofFirst(ZonedDateTime first, long[] times) {
    LocalTime clock = first.toLocalTime();
    return switch (frequency.unit()) {
      case MINUTE, HOUR ->
          new Phase(Math.floorMod(times[0], length(frequency)), 0, 1, LocalTime.MIDNIGHT);
      case BUSINESS_DAY -> new Phase(0, FIRST_MONDAY, 1, clock);
      case DAY, WEEK ->
          new Phase(0, Math.floorMod(first.toLocalDate().toEpochDay(), days()), 1, clock);
      case MONTH, QUARTER, YEAR ->
          new Phase(0, Math.floorMod(months(first), monthsAStep()), dayOf(times), clock);
    };
  }

  /** 32 where all are the last of their months; the greatest day where the others are clipped. */
  private int dayOf(long[] times) {
    boolean last = true;
    int day = 1;
    for (long time : times) {
      LocalDate date = at(time, zone).toLocalDate();
      last &= date.getDayOfMonth() == date.lengthOfMonth();
      day = Math.max(day, date.getDayOfMonth());
      if (!last && date.getDayOfMonth() != Math.min(day, date.lengthOfMonth())) {
        return day; // They do not agree; the calendar will not hold them.
      }
    }
    return last ? 32 : day;
  }

  /** Whether every time is the time of its own step, and no two are of one. */
  boolean holds(long[] times) {
    long before = Long.MIN_VALUE;
    for (long time : times) {
      long step = step(time);
      if (step == before || time(step) != time) {
        return false;
      }
      before = step;
    }
    return true;
  }

  /** Whether no two times are of one step. */
  boolean partsAll(long[] times) {
    long before = Long.MIN_VALUE;
    for (long time : times) {
      long step = step(time);
      if (step == before) {
        return false;
      }
      before = step;
    }
    return true;
  }

  /** The share of steps from the first to the last time that have none. */
  double emptyShare(long[] times) {
    return 1 - times.length / (step(times[times.length - 1]) - step(times[0]) + 1.0);
  }

  /** The number of the step that a time lies in; steps follow each other by one. */
  public long step(long micros) {
    if (isEqual(frequency.unit())) {
      return Math.floorDiv(micros - phase.micros(), length(frequency));
    }
    ZonedDateTime local = at(micros, zone);
    if (isMonths(frequency.unit())) {
      return Math.floorDiv(months(local) - phase.units(), monthsAStep());
    }
    long day = local.toLocalDate().toEpochDay() - phase.units();
    if (frequency.unit() != Frequency.Unit.BUSINESS_DAY) {
      return Math.floorDiv(day, days());
    }
    long week = Math.floorDiv(day, DAYS_A_WEEK);
    return week * WORKING_DAYS + Math.min(Math.floorMod(day, DAYS_A_WEEK), WORKING_DAYS - 1);
  }

  /** The time of a step, in microseconds since 1970. */
  public long time(long step) {
    if (isEqual(frequency.unit())) {
      return step * length(frequency) + phase.micros();
    }
    LocalDate day;
    if (isMonths(frequency.unit())) {
      long months = step * monthsAStep() + phase.units();
      YearMonth month =
          YearMonth.of(
              Math.toIntExact(Math.floorDiv(months, 12L)), (int) Math.floorMod(months, 12L) + 1);
      day = month.atDay(Math.min(phase.day(), month.lengthOfMonth()));
    } else if (frequency.unit() == Frequency.Unit.BUSINESS_DAY) {
      long week = Math.floorDiv(step, (long) WORKING_DAYS);
      day =
          LocalDate.ofEpochDay(
              phase.units() + week * DAYS_A_WEEK + Math.floorMod(step, (long) WORKING_DAYS));
    } else {
      day = LocalDate.ofEpochDay(phase.units() + step * days());
    }
    return Micros.of(day.atTime(phase.clock()).atZone(zone).toInstant());
  }

  static boolean isWeekend(long micros, ZoneId zone) {
    DayOfWeek day = at(micros, zone).getDayOfWeek();
    return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY;
  }

  private long days() {
    return frequency.unit() == Frequency.Unit.WEEK
        ? (long) DAYS_A_WEEK * frequency.count()
        : frequency.count();
  }

  private long monthsAStep() {
    return switch (frequency.unit()) {
      case QUARTER -> 3L * frequency.count();
      case YEAR -> 12L * frequency.count();
      default -> frequency.count();
    };
  }

  private static long months(ZonedDateTime local) {
    return local.getYear() * 12L + local.getMonthValue() - 1;
  }

  private static long length(Frequency frequency) {
    return frequency.count() * (frequency.unit() == Frequency.Unit.HOUR ? 60 * MINUTE : MINUTE);
  }

  private static boolean isEqual(Frequency.Unit unit) {
    return unit == Frequency.Unit.MINUTE || unit == Frequency.Unit.HOUR;
  }

  private static boolean isMonths(Frequency.Unit unit) {
    return unit.compareTo(Frequency.Unit.MONTH) >= 0;
  }

  private static ZonedDateTime at(long micros, ZoneId zone) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atZone(zone);
  }
}
