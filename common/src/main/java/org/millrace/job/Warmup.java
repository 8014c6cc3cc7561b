package org.millrace.job;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.millrace.report.ReportPage;
import org.millrace.table.Contracts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads on a second thread the classes that a run will need anyway, while the first reads the
 * configuration and Spark starts: most of what a JVM does in its first seconds is to read classes,
 * on one core. Starts nothing of Spark.
 */
public final class Warmup {
  private static final Logger LOG = LoggerFactory.getLogger(Warmup.class);

  /** Those that bring many others with them. */
  private static final List<String> CLASSES =
      List.of(
          "org.apache.spark.SparkContext",
          "org.apache.spark.sql.SparkSession",
          "org.apache.spark.SparkEnv",
          "org.apache.spark.scheduler.DAGScheduler",
          "org.apache.spark.sql.internal.SQLConf",
          "org.apache.spark.sql.functions",
          "org.apache.spark.sql.catalyst.analysis.Analyzer",
          "org.apache.spark.sql.catalyst.optimizer.Optimizer",
          "org.apache.spark.sql.execution.SparkPlanner",
          "org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat");

  private Warmup() {}

  /** Returns at once; what cannot be loaded now will fail, or not, where it is needed. */
  public static void begin() {
    Thread thread = new Thread(Warmup::load, "warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private static void load() {
    try {
      Contracts.prepare();
      // Reads Hadoop's defaults, which every later configuration copies.
      LOG.debug("{} Hadoop defaults", new Configuration().size());
      for (String name : CLASSES) {
        Class.forName(name, true, Thread.currentThread().getContextClassLoader());
      }
      ReportPage.prepare();
    } catch (ClassNotFoundException | LinkageError e) {
      LOG.debug("warm-up ended early", e);
    }
  }
}
