package org.millrace.deep.train;

import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.millrace.outcome.Stop;

/**
 * Whether the cluster has a task slot for every rank. Asked before Spark is, which waits ten
 * minutes and then speaks of a barrier stage.
 */
public final class Slots {
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[.*])?");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,.*]");
  private static final long POLL_MILLIS = 200;

  private final SparkContext spark;
  private final int ranks;

  Slots(SparkContext spark, int ranks) {
    this.spark = spark;
    this.ranks = ranks;
  }

  /**
   * Refuses what will never have enough slots, without waiting for executors.
   *
   * @throws Stop exit 2
   */
  public static void require(SparkContext spark, int ranks) {
    new Slots(spark, ranks).require();
  }

  private void require() {
    SparkConf conf = spark.getConf();
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      throw Stop.usage(
          "training on executors needs them all at once, which dynamic allocation does not promise; set spark.dynamicAllocation.enabled=false and spark.executor.instances");
    }
    OptionalInt ever = ever(conf);
    if (ever.isPresent() && ever.getAsInt() < ranks) {
      throw Stop.usage(
          "%d ranks need as many task slots, and %s has %d; ask for more executors or cores, or for fewer ranks",
          ranks, spark.master(), ever.getAsInt());
    }
  }

  /**
   * Waits for executors that are on their way.
   *
   * @throws Stop at once where there never will be enough slots, or after the time
   */
  void await(int seconds) {
    require();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (now() < ranks) {
      if (spark.isStopped()) {
        throw Stop.failed("the cluster has ended the application while its executors started");
      }
      if (System.nanoTime() > deadline) {
        throw Stop.failed(
            "%d ranks need as many task slots at once, and after %d s there are %d; see why executors do not start (queue full, quota, GPUs?), or ask for fewer ranks",
            ranks, seconds, now());
      }
      pause();
    }
  }

  /** By Spark's own count, which knows of GPUs too. */
  private int now() {
    return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
  }

  /** How many there will be when all executors are there; empty where the master alone knows. */
  private OptionalInt ever(SparkConf conf) {
    if (LOCAL.matcher(spark.master()).matches()) {
      return OptionalInt.of(now());
    }
    int coresOfTask = conf.getInt("spark.task.cpus", 1);
    Matcher cluster = LOCAL_CLUSTER.matcher(spark.master());
    if (cluster.matches()) {
      int cores = Integer.parseInt(cluster.group(2));
      return OptionalInt.of(Integer.parseInt(cluster.group(1)) * (cores / coresOfTask));
    }
    int instances = conf.getInt("spark.executor.instances", 0);
    int cores = conf.getInt("spark.executor.cores", 1);
    return instances > 0 && !spark.master().startsWith("spark:")
        ? OptionalInt.of(instances * (cores / coresOfTask))
        : OptionalInt.empty();
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Stop.failed("the training was interrupted while it waited for executors").because(e);
    }
  }
}
