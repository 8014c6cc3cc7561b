package org.millrace.forecast.series;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.millrace.config.Check;
import org.millrace.table.TimeFormat;

/**
 * How series stand in a table and what is made of their faults. Defaults and meanings are in {@code
 * millrace/forecast/layout.conf}.
 *
 * @param known columns that are known ahead, on rows of steps to come whose value is absent
 * @param frequency as {@link Frequency#parse} reads it; absent to find each series' own
 * @param seasons in steps, shortest first; absent for those that are usual at the frequency
 * @param maxGapShare filled steps over all steps, 0 to 1
 * @param maxPoints the newest rows of a series that are used
 */
public record SeriesLayout(
    Shape shape,
    String time,
    List<String> known,
    String zone,
    Optional<String> frequency,
    Optional<List<Integer>> seasons,
    Gaps gaps,
    double maxGapShare,
    WithinStep withinStep,
    Duplicates duplicates,
    boolean trimLeadingZeros,
    Optional<Outliers> outliers,
    int maxPoints) {

  /** What a row of the table is. */
  public sealed interface Shape {

    /** The columns by which series are told apart in forecasts. */
    List<String> keys();

    /** The columns with the numbers. */
    List<String> valueColumns();

    /**
     * A value of one series.
     *
     * @param key columns that name the series; empty where the table holds one
     */
    record Rows(List<String> key, String value) implements Shape {
      public Rows {
        Check.that(
            Set.copyOf(key).size() == key.size(),
            "key",
            String.join(", ", key),
            "columns, none of them twice");
        Check.that(!key.contains(value), "value", value, "a column that is no key");
        key = List.copyOf(key);
      }

      @Override
      public List<String> keys() {
        return key;
      }

      @Override
      public List<String> valueColumns() {
        return List.of(value);
      }
    }

    /** A value of each series. */
    record Columns(List<String> values) implements Shape {
      /** The column of forecasts that holds a series' name. */
      public static final String NAME = "series";

      public Columns {
        Check.that(!values.isEmpty(), "values", values, "the names of one or more columns");
        Check.that(
            Set.copyOf(values).size() == values.size() && !values.contains(NAME),
            "values",
            String.join(", ", values),
            "columns, none of them twice, and none by the name " + NAME + ", which forecasts have");
        values = List.copyOf(values);
      }

      @Override
      public List<String> keys() {
        return List.of(NAME);
      }

      @Override
      public List<String> valueColumns() {
        return values;
      }
    }
  }

  /** What stands in steps without a value. */
  public enum Gaps {
    /** A series with a gap is refused. */
    REFUSE,
    ZERO,
    PREVIOUS,
    INTERPOLATE,
    /** The value a season before, else a season after, else interpolated. */
    SEASONAL
  }

  /** What becomes of several times in one step. */
  public enum WithinStep {
    /** The series is refused. */
    REFUSE,
    SUM,
    MEAN,
    LAST
  }

  /** What becomes of rows of one series and time that are not equal. */
  public enum Duplicates {
    REFUSE_ROWS,
    REFUSE_SERIES
  }

  /**
   * Values that are far from their neighbours of the same season are replaced by their median.
   *
   * @param deviations how far, in robust standard deviations
   */
  public record Outliers(double deviations) {
    public Outliers {
      Check.that(deviations >= 2, "deviations", deviations, "a number of at least 2");
    }
  }

  public SeriesLayout {
    Check.that(!time.isBlank(), "time", time, "the name of a column");
    Check.that(TimeFormat.isZone(zone), "zone", zone, "a time zone such as UTC or Europe/Berlin");
    frequency.ifPresent(
        f -> Check.that(Frequency.parse(f).isPresent(), "frequency", f, Frequency.accepted()));
    seasons.ifPresent(
        s ->
            Check.that(
                isAscending(s),
                "seasons",
                s,
                "whole numbers of at least 2, each above the one before"));
    Check.that(
        maxGapShare >= 0 && maxGapShare <= 1,
        "max-gap-share",
        maxGapShare,
        "a share of steps, 0 to 1");
    Check.that(maxPoints >= 2 && maxPoints <= 10_000_000, "max-points", maxPoints, "2..10000000");
    List<String> columns = new ArrayList<>(shape.keys());
    columns.addAll(shape.valueColumns());
    Check.that(!columns.contains(time), "time", time, "a column that is no key and no value");
    columns.add(time);
    columns.addAll(known);
    Check.that(
        Set.copyOf(columns).size() == columns.size(),
        "known",
        String.join(", ", known),
        "columns that are no key, no value and not the time, none of them twice");
    known = List.copyOf(known);
    seasons = seasons.map(List::copyOf);
  }

  private static boolean isAscending(List<Integer> seasons) {
    int before = 1;
    for (int season : seasons) {
      if (season <= before) {
        return false;
      }
      before = season;
    }
    return true;
  }

  /** Columns that a contract must have for this. */
  public List<String> columns() {
    List<String> columns = new ArrayList<>();
    if (shape instanceof Shape.Rows rows) {
      columns.addAll(rows.key());
    }
    columns.add(time);
    columns.addAll(shape.valueColumns());
    columns.addAll(known);
    return columns;
  }

  /** The frequency that is given. */
  public Optional<Frequency> given() {
    return frequency.flatMap(Frequency::parse);
  }

  /** The seasons of a series with that frequency, shortest first. */
  public int[] seasonsOf(Frequency f) {
    return seasons.map(s -> s.stream().mapToInt(Integer::intValue).toArray()).orElseGet(f::seasons);
  }
}
