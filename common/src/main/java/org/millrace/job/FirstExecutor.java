package org.millrace.job;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.millrace.outcome.Stop;

/**
 * Waits on a cluster for the first executor, by a task that does nothing: where executors come only
 * when there are tasks, it brings the first of them. Spark itself would wait for ever, and say
 * every 15 seconds in the log that it does.
 */
final class FirstExecutor {
  private static final Pattern CLUSTER = Pattern.compile("yarn|(k8s|spark):.*");

  private FirstExecutor() {}

  /**
   * Returns when an executor has run a task, or at once where there is no cluster.
   *
   * @throws Stop exit 1 after the time, with what each executor asks for
   */
  static void await(SparkContext spark, Duration limit) {
    if (CLUSTER.matcher(spark.master()).matches()) {
      awaitTask(spark, limit);
    }
  }

  /** The same wherever the context's executors are. */
  static void awaitTask(SparkContext spark, Duration limit) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark);
    context.setJobDescription("wait for the first executor");
    JavaFutureAction<Long> task = context.parallelize(List.of(0), 1).countAsync();
    try {
      task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw Stop.failed(
              "no executor has started within %d s (start-within). %s asks for %s; see which of it"
                  + " the queue or the nodes lack, and make the executors smaller"
                  + " (spark.executor.*), or wait longer",
              limit.toSeconds(), who(spark.getConf()), asked(spark.getConf()))
          .because(e);
    } catch (ExecutionException e) {
      throw Stop.failed(
              "the cluster has ended the application while its executors started: %s",
              e.getCause().getMessage())
          .because(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Stop.failed("the run was interrupted while it waited for executors").because(e);
    } finally {
      context.setJobDescription(null);
    }
  }

  private static String who(SparkConf conf) {
    return conf.getBoolean("spark.dynamicAllocation.enabled", false)
        ? "Each (there is dynamic allocation)"
        : "Each of the " + conf.get("spark.executor.instances", "2");
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
