package org.millrace.forecast.series;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.millrace.forecast.series.Frequency.Unit;

/**
 * Finds the frequency of a series: the coarsest calendar on which each time is a step's own, at the
 * same place of it. Where that leaves too many steps empty, as where readings of each day are taken
 * at any hour, the coarsest on which no two times share a step and few enough are empty.
 */
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
   * @param most share of empty steps, 0 to 1
   * @return empty where one time tells none, or no calendar holds them
   */
  static Optional<Frequency> find(long[] times, ZoneId zone, double most) {
    if (times.length < 2) {
      return Optional.empty();
    }
    List<Frequency> possible =
        COARSEST_FIRST.stream().filter(f -> isPossible(f, times, zone)).toList();
    Optional<Frequency> exact =
        possible.stream().filter(f -> Calendar.of(f, zone, times).holds(times)).findFirst();
    Predicate<Frequency> dense = f -> Calendar.of(f, zone, times).emptyShare(times) <= most;
    return exact
        .filter(dense)
        .or(
            () ->
                possible.stream()
                    .filter(f -> Calendar.of(f, zone, times).partsAll(times))
                    .filter(dense)
                    .findFirst())
        .or(() -> exact);
  }

  private static boolean isPossible(Frequency frequency, long[] times, ZoneId zone) {
    if (frequency.unit() != Unit.BUSINESS_DAY) {
      return true;
    }
    return times.length >= ENOUGH_DAYS
        && Arrays.stream(times).noneMatch(time -> Calendar.isWeekend(time, zone));
  }
}
