package org.millrace.forecast.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTest {
  private static final ZoneId UTC = ZoneId.of("UTC");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static long micros(ZonedDateTime time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant());
  }

  private static long[] days(ZoneId zone, String... days) {
    return Stream.of(days).mapToLong(d -> micros(LocalDate.parse(d).atStartOfDay(zone))).toArray();
  }

  private static long[] hours(ZonedDateTime from, int count, int minutes) {
    return LongStream.range(0, count).map(i -> micros(from.plusMinutes(i * minutes))).toArray();
  }

  private static Optional<String> found(long[] times, ZoneId zone) {
    return FrequencyFinder.find(times, zone, 0.5).map(Frequency::toString);
  }

  /** Each day, but at any time of it. */
  @Test
  void irregularTimesHaveTheCoarsestCalendarThatPartsThem() {
    long[] times =
        LongStream.range(0, 40)
            .filter(day -> day % 7 != 3)
            .map(
                day ->
                    micros(
                        ZonedDateTime.of(2026, 1, 1, 9, 0, 0, 0, BERLIN)
                            .plusDays(day)
                            .plusMinutes(day * 37 % 101 - 50)))
            .toArray();

    assertThat(found(times, BERLIN)).contains("day");
    assertThat(FrequencyFinder.find(times, BERLIN, 0.1).map(Frequency::toString))
        .as("too many days are empty")
        .contains("minute");
  }

  @Test
  void theLastDayOfTheMonthStaysTheLast() {
    long[] ends = days(UTC, "2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30");
    Calendar calendar = Calendar.of(Frequency.parse("month").orElseThrow(), UTC, ends);

    long next = calendar.step(ends[3]) + 1;
    assertThat(Times.show(calendar.time(next))).isEqualTo("2024-05-31T00:00:00Z");
    assertThat(Times.show(calendar.time(next + 9))).isEqualTo("2025-02-28T00:00:00Z");
    assertThat(calendar.holds(ends)).isTrue();
  }

  @Test
  void theThirtiethIsClippedInFebruaryOnly() {
    long[] times = days(UTC, "2023-12-30", "2024-01-30", "2024-02-29", "2024-03-30");
    Calendar calendar = Calendar.of(Frequency.parse("month").orElseThrow(), UTC, times);

    assertThat(calendar.holds(times)).isTrue();
    assertThat(Times.show(calendar.time(calendar.step(times[3]) + 1)))
        .isEqualTo("2024-04-30T00:00:00Z");
  }

  @Test
  void aDayOfTheZoneHas23Or25Hours() {
    // In Berlin the clock goes forward on 2024-03-31 and back on 2024-10-27.
    long[] days = days(BERLIN, "2024-03-30", "2024-03-31", "2024-04-01", "2024-04-02");
    Calendar calendar = Calendar.of(Frequency.parse("day").orElseThrow(), BERLIN, days);

    assertThat(found(days, BERLIN)).contains("day");
    assertThat(calendar.holds(days)).isTrue();
    assertThat(calendar.step(days[3]) - calendar.step(days[0])).isEqualTo(3);
    assertThat(calendar.time(calendar.step(days[0]) + 1) - days[0]).isEqualTo(24 * 3_600_000_000L);
    assertThat(calendar.time(calendar.step(days[1]) + 1) - days[1]).isEqualTo(23 * 3_600_000_000L);
    // The same instants are no beginnings of days of UTC, but lie in a day each.
    assertThat(Calendar.of(Frequency.of(1, Frequency.Unit.DAY), UTC, days).holds(days)).isFalse();
    assertThat(found(days, UTC)).contains("day");

    long[] hours = hours(LocalDate.of(2024, 10, 27).atStartOfDay(BERLIN), 25, 60);
    assertThat(LongStream.of(hours).map(calendar::step).distinct().count()).isEqualTo(1);
    assertThat(calendar.step(hours[24] + 3_600_000_000L)).isEqualTo(calendar.step(hours[0]) + 1);
  }

  @Test
  void hoursGoOnThroughTheChangeOfTheClock() {
    long[] hours = hours(ZonedDateTime.of(2024, 10, 26, 22, 0, 0, 0, BERLIN), 12, 60);
    Calendar calendar = Calendar.of(Frequency.parse("hour").orElseThrow(), BERLIN, hours);

    assertThat(calendar.holds(hours)).isTrue();
    assertThat(calendar.step(hours[11]) - calendar.step(hours[0])).isEqualTo(11);
    assertThat(found(hours, BERLIN)).contains("hour");
  }

  @Test
  void businessDaysLeaveTheWeekendOut() {
    List<String> days = new ArrayList<>();
    LocalDate day = LocalDate.of(2024, 1, 1); // A Monday.
    for (int i = 0; i < 21; i++) {
      if (day.plusDays(i).getDayOfWeek().getValue() <= 5) {
        days.add(day.plusDays(i).toString());
      }
    }
    long[] times = days(UTC, days.toArray(String[]::new));
    Calendar calendar = Calendar.of(Frequency.parse("business-day").orElseThrow(), UTC, times);

    assertThat(found(times, UTC)).contains("business-day");
    assertThat(calendar.step(times[5]) - calendar.step(times[4])).isEqualTo(1);
    // Friday 19 January; the next step is Monday.
    assertThat(Times.show(calendar.time(calendar.step(times[14]) + 1)))
        .isEqualTo("2024-01-22T00:00:00Z");
  }

  @Test
  void everyFrequencyIsFoundAgain() {
    ZonedDateTime from = ZonedDateTime.of(2023, 1, 2, 9, 0, 0, 0, BERLIN);
    for (String text :
        List.of("month", "quarter", "year", "week", "day", "hour", "30 minutes", "15 minutes")) {
      Frequency frequency = Frequency.parse(text).orElseThrow();
      Calendar calendar = Calendar.of(frequency, BERLIN, new long[] {micros(from)});
      long first = calendar.step(micros(from));
      long[] times = LongStream.range(0, 60).map(i -> calendar.time(first + i)).toArray();

      assertThat(times[0]).as(text).isEqualTo(micros(from));
      assertThat(found(times, BERLIN)).as(text).contains(frequency.toString());
    }
  }

  @Test
  void oneTimeTellsNoFrequencyAndIrregularOnesOfOneMinuteHaveNone() {
    assertThat(found(days(UTC, "2024-01-01"), UTC)).isEmpty();
    long[] twoOfAMinute = {0, 1_000_001L, 180_000_000L};
    assertThat(found(twoOfAMinute, UTC)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "month, 12",
    "quarter, 4",
    "week, 52",
    "day, 7",
    "business-day, 5",
    "30 minutes, 48 336",
    "hour, 24 168",
    "year, ''",
    "3 months, 4"
  })
  void usualSeasons(String frequency, String seasons) {
    assertThat(
            String.join(
                " ",
                java.util.Arrays.stream(Frequency.parse(frequency).orElseThrow().seasons())
                    .mapToObj(String::valueOf)
                    .toList()))
        .isEqualTo(seasons);
  }

  @ParameterizedTest
  @CsvSource({"fortnight", "0 days", "-1 hours", "2 business-days", "''"})
  void whatIsNoFrequencyIsNone(String text) {
    assertThat(Frequency.parse(text)).isEmpty();
  }

  @Test
  void daysOfAZoneWithoutSummerTimeAreNoHalfDaysOfOneThatHasIt() {
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    String[] dates =
        Stream.iterate(LocalDate.parse("2024-03-01"), d -> d.plusDays(1))
            .limit(60)
            .map(LocalDate::toString)
            .toArray(String[]::new);
    long[] days = days(ZoneId.of("UTC"), dates);
    assertThat(found(days, berlin)).contains("24 hours");
    assertThat(Frequency.of(24, Frequency.Unit.HOUR).seasons()).containsExactly(7);
    long[] weeks = LongStream.range(0, 8).map(i -> days[(int) i * 7]).toArray();
    assertThat(found(weeks, berlin)).contains("168 hours");
    assertThat(Frequency.of(168, Frequency.Unit.HOUR).seasons()).containsExactly(52);
    assertThat(found(days(berlin, dates), berlin)).contains("day");
  }
}
