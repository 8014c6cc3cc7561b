package org.millrace.bench.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.millrace.features.behaviour.Sessions;
import org.millrace.features.windows.Lookback;
import org.millrace.features.windows.PointInTime;

/**
 * Sessions and trailing windows over flights as events, beside window functions of Spark SQL
 * written by hand, in one process by turns; the results are compared. A user is a route.
 */
public final class SessionsBesideSql {
  private static final int ROUNDS = 5;
  private static final Duration TIMEOUT = Duration.ofHours(4);

  private static final String SQL_SESSIONS =
      """
      select user, min(micros) as from, max(micros) as to, count(*) as events, sum(value) as value
      from (
        select *, sum(new) over (partition by user order by micros) as session
        from (
          select user, micros, value,
            if(micros - lag(micros) over (partition by user order by micros) <= %d, 0, 1) as new
          from events))
      group by user, session
      """
          .formatted(TIMEOUT.toNanos() / 1000);

  private static final String SQL_WINDOWS =
      """
      select user, micros, value, count(*) over past as rows, sum(value) over past as sum, max(value) over past as max
      from events
      window past as (partition by user order by micros range between 604800000000 preceding and 1 preceding)
      """;

  private interface Side {
    /** Does the work, and what else is left to close. */
    void run(Dataset<Row> events);
  }

  private SessionsBesideSql() {}

  /** Takes the path of the flights. */
  public static void main(String[] arguments) {
    SparkSession spark =
        SparkSession.builder()
            .appName("sessions")
            .config("spark.sql.shuffle.partitions", 8)
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate();
    Dataset<Row> events =
        spark
            .read()
            .parquet(arguments[0])
            .select(
                concat(col("origin"), lit("-"), col("destination")).as("user"),
                col("date").cast("timestamp").as("at"),
                col("delay").cast("double").as("value"))
            .select(
                col("user"),
                unix_micros(col("at")).as("micros"),
                lit("flight").as("event"),
                lit(null).cast("string").as("item"),
                col("value"),
                col("at"));
    events.createOrReplaceTempView("events");
    double sessions =
        compare(
            "sessions", events, SessionsBesideSql::ourSessions, e -> noop(spark.sql(SQL_SESSIONS)));
    double windows =
        compare("windows", events, e -> noop(ourWindows(e)), e -> noop(spark.sql(SQL_WINDOWS)));
    boolean sameSessions = sameSessions(spark, events);
    boolean sameWindows = sameWindows(spark, events);
    System.out.printf(
        "sessions ratio=%.2f goal=0.77 quality=%s%n",
        Math.min(sessions, windows), sameSessions && sameWindows ? "ok" : "worse");
    spark.stop();
  }

  private static void noop(Dataset<Row> rows) {
    rows.write().format("noop").mode("overwrite").save();
  }

  private static void ourSessions(Dataset<Row> events) {
    try (Sessions sessions = Sessions.of(events, TIMEOUT)) {
      noop(sessions.rows());
    }
  }

  private static Dataset<Row> ourWindows(Dataset<Row> events) {
    Lookback week =
        new Lookback(
            List.of(Duration.ofDays(7)),
            List.of(
                new Lookback.Aggregate(
                    "value", List.of(Lookback.Function.SUM, Lookback.Function.MAX))),
            List.of(),
            List.of(),
            Duration.ofDays(7),
            Lookback.Now.EXCLUDE);
    return new PointInTime(week, List.of("user")).features(events, "at");
  }

  /** Their median time over ours; the first round of each warms up. */
  private static double compare(String what, Dataset<Row> events, Side ours, Side theirs) {
    List<Double> mine = new ArrayList<>();
    List<Double> other = new ArrayList<>();
    for (int round = 0; round <= ROUNDS; round++) {
      double our = seconds(ours, events);
      double their = seconds(theirs, events);
      if (round > 0) {
        mine.add(our);
        other.add(their);
      }
    }
    double our = median(mine);
    double their = median(other);
    System.out.printf(
        "%s: ours %.2f s, Spark SQL %.2f s, ratio %.2f%n", what, our, their, their / our);
    return their / our;
  }

  private static double seconds(Side side, Dataset<Row> events) {
    long from = System.nanoTime();
    side.run(events);
    return (System.nanoTime() - from) / 1e9;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static boolean sameSessions(SparkSession spark, Dataset<Row> events) {
    try (Sessions sessions = Sessions.of(events, TIMEOUT)) {
      Dataset<Row> ours =
          sessions
              .rows()
              .selectExpr(
                  "user", "unix_micros(started_at)", "unix_micros(ended_at)", "events", "value");
      return same("sessions", ours, spark.sql(SQL_SESSIONS));
    }
  }

  private static boolean sameWindows(SparkSession spark, Dataset<Row> events) {
    return same(
        "windows",
        ourWindows(events)
            .selectExpr("user", "micros", "value", "rows_7d", "value_sum_7d", "value_max_7d"),
        spark.sql(SQL_WINDOWS));
  }

  /** Delays are whole minutes, so that sums are exact whatever their order. */
  private static boolean same(String what, Dataset<Row> ours, Dataset<Row> theirs) {
    long differing = ours.exceptAll(theirs.toDF(ours.columns())).count();
    long rows = ours.count();
    long others = theirs.count();
    System.out.printf("%s: %d rows, Spark SQL %d, %d differ%n", what, rows, others, differing);
    return differing == 0 && rows == others;
  }
}
