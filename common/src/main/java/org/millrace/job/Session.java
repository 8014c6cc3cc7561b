package org.millrace.job;

import org.apache.spark.sql.SparkSession;
import org.millrace.config.Settings;

/** Opens the run's Spark session. */
public final class Session {
  private Session() {}

  /**
   * Properties of the use case come first; where nobody names a master, all cores of this machine
   * are used.
   */
  public static SparkSession open(Settings settings) {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName(settings.useCase())
            .config("spark.sql.session.timeZone", "UTC");
    if (System.getProperty("spark.master") == null && !settings.spark().containsKey("master")) {
      builder.master("local[*]");
    }
    settings.spark().forEach((key, value) -> builder.config("spark." + key, value));
    return builder.getOrCreate();
  }
}
