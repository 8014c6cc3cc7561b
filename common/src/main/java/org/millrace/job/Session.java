package org.millrace.job;

import org.apache.spark.sql.SparkSession;
import org.millrace.config.Settings;
import org.millrace.outcome.Stop;

/** Opens the run's Spark session. */
public final class Session {
  private Session() {}

  /**
   * Properties of the use case come first, but for those that spark-submit has decided: on a
   * cluster it has rewritten what the driver finds elsewhere than its submitter. Where nobody names
   * a master, all cores of this machine are used.
   *
   * @throws Stop exit 2 where Spark refuses a property
   */
  public static SparkSession open(Settings settings) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName(settings.useCase())
            .config("spark.sql.session.timeZone", "UTC")
            // INT96, Spark's default, is deprecated in Parquet, larger and slower to write.
            .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
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
