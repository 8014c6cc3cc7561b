package org.millrace.features.behaviour;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.config.Check;

/**
 * Retention cohorts: of the users whose first event fell into one period, how many were there in
 * each period after it.
 *
 * @param most periods after the first that are looked at
 */
public record Cohorts(Period period, int most) {

  /** Calendar periods in the zone of the events; a week begins on Monday. */
  public enum Period {
    DAY("datediff(%s, %s)", "0, 0, 0, %s"),
    WEEK("cast(datediff(%s, %s) / 7 as int)", "0, 0, %s, 0"),
    MONTH("cast(months_between(%s, %s) as int)", "0, %s, 0, 0");

    private final String between;
    private final String interval;

    Period(String between, String interval) {
      this.between = between;
      this.interval = interval;
    }

    /** As a sentence says it: {@code month}. */
    public String unit() {
      return name().toLowerCase(Locale.ROOT);
    }

    Column begin(String date) {
      return expr("cast(date_trunc('%s', %s) as date)".formatted(unit(), date));
    }

    /** Whole periods from one beginning to another. */
    Column between(String later, String earlier) {
      return expr(between.formatted(later, earlier));
    }

    /** The last day of the period that begins so many periods after another one. */
    Column lastDay(String first, String periods) {
      String length = "make_interval(%s)".formatted(interval.formatted(periods + " + 1"));
      return expr("date_sub(cast(%s + %s as date), 1)".formatted(first, length));
    }
  }

  public Cohorts {
    Check.that(most >= 1 && most <= 1000, "most", most, "1..1000 periods");
  }

  /**
   * A row for each cohort and period up to the run's date, also where nobody came: cohort (the
   * first day of its period), period (int, 0 is the first one), users, share (of the cohort),
   * complete (false for the period in which the date lies, unless it is its last day).
   *
   * @param days columns user and day, each pair once or more
   */
  public Dataset<Row> table(Dataset<Row> days, LocalDate date) {
    Dataset<Row> active = days.select(col("user"), period.begin("day").as("begins")).distinct();
    Dataset<Row> first = first(active);
    Dataset<Row> counted =
        active
            .join(first, "user")
            .select(col("cohort"), period.between("begins", "cohort").as("period"))
            .groupBy("cohort", "period")
            .agg(count(lit(1)).as("users"));
    Column today = lit(Date.valueOf(date));
    Dataset<Row> sizes =
        first
            .groupBy("cohort")
            .agg(count(lit(1)).as("size"))
            .withColumn("today", today)
            .withColumn("now", period.begin("today"));
    Dataset<Row> grid =
        sizes
            .withColumn("last", least(period.between("now", "cohort"), lit(most)))
            .filter("last >= 0")
            .withColumn("period", explode(expr("sequence(0, last)")));
    return grid.join(counted, new String[] {"cohort", "period"}, "left")
        .select(
            col("cohort"),
            col("period"),
            coalesce(col("users"), lit(0L)).as("users"),
            coalesce(col("users"), lit(0L)).divide(col("size")).as("share"),
            period.lastDay("cohort", "period").leq(col("today")).as("complete"))
        .sort("cohort", "period");
  }

  private static Dataset<Row> first(Dataset<Row> active) {
    return active.groupBy(col("user")).agg(min("begins").as("cohort"));
  }

  /** Users whose first event falls into a period after that of the date. */
  public long later(Dataset<Row> days, LocalDate date) {
    return first(days.select(col("user"), period.begin("day").as("begins")))
        .withColumn("today", lit(Date.valueOf(date)))
        .filter(col("cohort").gt(period.begin("today")))
        .count();
  }
}
