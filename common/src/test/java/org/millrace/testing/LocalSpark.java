package org.millrace.testing;

import org.apache.spark.sql.SparkSession;

/**
 * One small Spark for all tests of a JVM: two threads, four shuffle partitions, UTC, no web pages.
 */
public final class LocalSpark {

  private static final SparkSession SESSION =
      SparkSession.builder()
          .master("local[2]")
          .appName("tests")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.shuffle.partitions", "4")
          .config("spark.sql.session.timeZone", "UTC")
          .config("spark.driver.host", "localhost")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .getOrCreate();

  private LocalSpark() {}

  public static SparkSession session() {
    return SESSION;
  }
}
