package org.millrace.forecast.series;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far apart the steps of a series are.
 *
 * @param count units in a step, at least 1
 */
public record Frequency(int count, Unit unit) implements Serializable {
  private static final Pattern WRITTEN = Pattern.compile("(?:(\\d{1,6})\\s+)?([a-z]+(?:-[a-z]+)?)");
  private static final int MINUTES_A_DAY = 1440;
  private static final int HOURS_A_DAY = 24;
  private static final int DAYS_A_WEEK = 7;
  private static final int WEEKS_A_YEAR = 52;
  private static final int MONTHS_A_YEAR = 12;

  /** Calendar units, finest first. */
  public enum Unit {
    MINUTE,
    HOUR,
    DAY,
    /** Monday to Friday: there is no step on a weekend. */
    BUSINESS_DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR;

    String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public static Frequency of(int count, Unit unit) {
    return new Frequency(count, unit);
  }

  /** Reads {@code month}, {@code 30 minutes} and their likes; empty for anything else. */
  public static Optional<Frequency> parse(String text) {
    Matcher written = WRITTEN.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!written.matches()) {
      return Optional.empty();
    }
    int count = written.group(1) == null ? 1 : Integer.parseInt(written.group(1));
    String name = written.group(2).replaceFirst("s$", "");
    return List.of(Unit.values()).stream()
        .filter(u -> u.id().equals(name))
        .filter(u -> count >= 1 && (u != Unit.BUSINESS_DAY || count == 1))
        .findFirst()
        .map(u -> new Frequency(count, u));
  }

  /** What is accepted, for a sentence. */
  public static String accepted() {
    return "minute, hour, day, business-day, week, month, quarter or year, with a number before it such as 30 minutes";
  }

  /** The usual seasons, shortest first, in steps. */
  public int[] seasons() {
    return switch (unit) {
      case MINUTE -> dayAndWeek(MINUTES_A_DAY);
      case HOUR -> dayAndWeek(HOURS_A_DAY);
      case DAY -> whole(DAYS_A_WEEK);
      case BUSINESS_DAY -> new int[] {5};
      case WEEK -> whole(WEEKS_A_YEAR);
      case MONTH -> whole(MONTHS_A_YEAR);
      case QUARTER -> whole(4);
      case YEAR -> new int[0];
    };
  }

  private int[] dayAndWeek(int unitsADay) {
    if (count == unitsADay * DAYS_A_WEEK) {
      return new int[] {WEEKS_A_YEAR};
    }
    if (unitsADay % count != 0) {
      return new int[0];
    }
    int day = unitsADay / count;
    return day >= 2 ? new int[] {day, day * DAYS_A_WEEK} : new int[] {DAYS_A_WEEK};
  }

  private int[] whole(int units) {
    return units % count == 0 && units / count >= 2 ? new int[] {units / count} : new int[0];
  }

  @Override
  public String toString() {
    return count == 1 ? unit.id() : count + " " + unit.id() + "s";
  }
}
