package org.millrace.forecast.series;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.millrace.forecast.series.Frequency.Unit;

/** Finds the frequency of a series: the coarsest calendar on which each time is a step's own. */
final class FrequencyFinder {
  /** So many times without a weekend are no chance. */
  private static final int ENOUGH_DAYS = 10;

  private static final List<Frequency> COARSEST_FIRST =
      List.of(
          Frequency.of(1, Unit.YEAR),
          Frequency.of(1, Unit.QUARTER),
          Frequency.of(1, Unit.MONTH),
          Frequency.of(1, Unit.WEEK),
          // Weeks and days of another zone, whose clock is not put forward with this one's.
          Frequency.of(168, Unit.HOUR),
          Frequency.of(1, Unit.BUSINESS_DAY),
          Frequency.of(1, Unit.DAY),
          Frequency.of(24, Unit.HOUR),
          Frequency.of(12, Unit.HOUR),
          Frequency.of(6, Unit.HOUR),
          Frequency.of(3, Unit.HOUR),
          Frequency.of(1, Unit.HOUR),
          Frequency.of(30, Unit.MINUTE),
          Frequency.of(15, Unit.MINUTE),
          Frequency.of(10, Unit.MINUTE),
          Frequency.of(5, Unit.MINUTE),
          Frequency.of(1, Unit.MINUTE));

  private FrequencyFinder() {}

  /**
   * @param times microseconds, ascending, distinct
   * @return empty where one time tells none, or no calendar holds them
   */
  static Optional<Frequency> find(long[] times, ZoneId zone) {
    if (times.length < 2) {
      return Optional.empty();
    }
    return COARSEST_FIRST.stream().filter(f -> fits(f, times, zone)).findFirst();
  }

  private static boolean fits(Frequency frequency, long[] times, ZoneId zone) {
    if (frequency.unit() == Unit.BUSINESS_DAY) {
      if (times.length < ENOUGH_DAYS) {
        return false;
      }
      for (long time : times) {
        if (Calendar.isWeekend(time, zone)) {
          return false;
        }
      }
    }
    return Calendar.of(frequency, zone, times).holds(times);
  }
}
