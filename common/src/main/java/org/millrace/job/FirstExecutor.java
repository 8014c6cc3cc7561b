package org.millrace.job;

import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.millrace.outcome.Stop;

/**
 * Waits on a cluster for the first executor. Spark itself would wait for ever, and say every 15
 * seconds in the log that it does.
 */
final class FirstExecutor {
  private static final Pattern CLUSTER = Pattern.compile("yarn|(k8s|spark):.*");
  private static final long POLL_MILLIS = 100;

  private FirstExecutor() {}

  /**
   * Returns when there is one, or at once where there will be none before there are tasks.
   *
   * @throws Stop exit 1 after the time, with what each executor asks for
   */
  static void await(SparkContext spark, Duration limit) {
    SparkConf conf = spark.getConf();
    if (!CLUSTER.matcher(spark.master()).matches()
        || conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return;
    }
    long deadline = System.nanoTime() + limit.toNanos();
    while (executors(spark) == 0) {
      if (spark.isStopped()) {
        throw Stop.failed("the cluster has ended the application while its executors started");
      }
      if (System.nanoTime() - deadline > 0) {
        throw Stop.failed(
            "no executor has started within %d s (start-within). Each of the %s asks for %s; see"
                + " which of it the queue or the nodes lack, and make the executors smaller"
                + " (spark.executor.*), or wait longer",
            limit.toSeconds(), conf.get("spark.executor.instances", "2"), asked(conf));
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Stop.failed("the run was interrupted while it waited for executors").because(e);
      }
    }
  }

  /** The driver is listed among them. */
  private static int executors(SparkContext spark) {
    return spark.statusTracker().getExecutorInfos().length - 1;
  }

  private static String asked(SparkConf conf) {
    String overhead =
        conf.getOption("spark.executor.memoryOverhead").isDefined()
            ? " + " + conf.get("spark.executor.memoryOverhead")
            : "";
    String gpus =
        conf.getOption("spark.executor.resource.gpu.amount").isDefined()
            ? " and " + conf.get("spark.executor.resource.gpu.amount") + " GPU(s)"
            : "";
    return "%s%s memory, %s core(s)%s"
        .formatted(
            conf.get("spark.executor.memory", "1g"),
            overhead,
            conf.get("spark.executor.cores", "1"),
            gpus);
  }
}
