package org.millrace.job;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.millrace.config.Settings;
import org.millrace.outcome.Stop;
import scala.Tuple2;

/** Opens the run's Spark session. */
public final class Session {
  private static final Map<String, String> SQL =
      Map.of(
          "spark.sql.session.timeZone",
          "UTC",
          // INT96, Spark's default, is deprecated in Parquet, larger and slower to write.
          "spark.sql.parquet.outputTimestampType",
          "TIMESTAMP_MICROS",
          // Days before 1582 and times before 1900 are of today's calendar, as all writers but
          // Spark 2 and Hive have them: by default a row of that age ends the job.
          "spark.sql.parquet.datetimeRebaseModeInWrite",
          "CORRECTED",
          "spark.sql.parquet.datetimeRebaseModeInRead",
          "CORRECTED",
          "spark.sql.parquet.int96RebaseModeInWrite",
          "CORRECTED",
          "spark.sql.parquet.int96RebaseModeInRead",
          "CORRECTED");

  private Session() {}

  /** The properties of spark-submit and those of the use case over them, with their prefix. */
  static Map<String, String> given(Settings settings) {
    Map<String, String> given = new TreeMap<>();
    for (Tuple2<String, String> property : new SparkConf().getAll()) {
      given.put(property._1(), property._2());
    }
    settings.spark().forEach((key, value) -> given.put("spark." + key, value));
    return given;
  }

  /**
   * A session on the Spark of another one, which is left as it is.
   *
   * @param out is told of properties of the use case that only a new Spark could take
   */
  static SparkSession beside(SparkSession other, Settings settings, PrintStream out) {
    SparkSession session = other.newSession();
    SQL.forEach(session.conf()::set);
    List<String> ignored = new ArrayList<>();
    settings
        .spark()
        .forEach(
            (name, value) -> {
              String key = "spark." + name;
              if (session.conf().isModifiable(key)) {
                session.conf().set(key, value);
              } else if (!value.equals(session.conf().get(key, null))) {
                ignored.add(key);
              }
            });
    if (!ignored.isEmpty()) {
      out.printf(
          "this Spark was started by somebody else, so these are as it has them: %s%n",
          String.join(", ", ignored));
    }
    return session;
  }

  /**
   * Properties of the use case come first, but for those that spark-submit has decided: on a
   * cluster it has rewritten what the driver finds elsewhere than its submitter. Where nobody names
   * a master, all cores of this machine are used.
   *
   * @throws Stop exit 2 where Spark refuses a property
   */
  public static SparkSession open(Settings settings) {
    return open(settings, Map.of());
  }

  /**
   * The same, with properties that come over those of the use case.
   *
   * @param over with their prefix
   */
  static SparkSession open(Settings settings, Map<String, String> over) {
    SparkSession.Builder builder = SparkSession.builder().appName(settings.useCase());
    SQL.forEach(builder::config);
    boolean submitted = System.getProperty("spark.master") != null;
    if (!submitted && !settings.spark().containsKey("master")) {
      builder.master("local[*]");
    }
    settings
        .spark()
        .forEach(
            (key, value) -> {
              if (!submitted || !decided("spark." + key)) {
                builder.config("spark." + key, value);
              }
            });
    over.forEach(builder::config);
    return open(builder);
  }

  private static boolean decided(String property) {
    return property.equals("spark.submit.deployMode") || System.getProperty(property) != null;
  }

  private static SparkSession open(SparkSession.Builder builder) {
    try {
      SparkSession session = builder.getOrCreate();
      try {
        session.sessionState(); // Made when it is first asked for; only then SQL's are looked at.
        return session;
      } catch (IllegalArgumentException e) {
        session.stop();
        throw e;
      }
    } catch (IllegalArgumentException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw Stop.usage("Spark refuses its properties: %s; see the block spark", root.getMessage())
          .because(e);
    }
  }
}
