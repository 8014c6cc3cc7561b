package org.millrace.launch;

import java.util.Map;
import org.apache.spark.network.util.JavaUtils;
import org.millrace.outcome.Stop;

/**
 * What a run asks a cluster for.
 *
 * @param instances executors
 * @param heapMib heap of each
 * @param overheadMib what its container has beside the heap
 * @param cores of each executor
 * @param taskCpus cores of a task
 * @param gpus of each executor
 * @param taskGpus of a task; a part of one where several tasks share it
 * @param driverMib heap and the rest of the driver's container
 */
record Sizes(
    int instances,
    long heapMib,
    long overheadMib,
    int cores,
    int taskCpus,
    int gpus,
    double taskGpus,
    long driverMib) {
  /** Spark's application master beside a driver that is elsewhere: 512 MiB and its overhead. */
  static final long AM_MIB = 896;

  private static final long LEAST_OVERHEAD_MIB = 384;
  private static final double OVERHEAD_SHARE = 0.1;

  /** Reads the sizes, where they are not stated with Spark's defaults. */
  static Sizes of(Map<String, String> properties) {
    long heap = mib(properties, "spark.executor.memory", "1g");
    long driver = mib(properties, "spark.driver.memory", "1g");
    return new Sizes(
        whole(properties, "spark.executor.instances", "2"),
        heap,
        overhead(properties, "spark.executor.memoryOverhead", heap),
        whole(properties, "spark.executor.cores", "1"),
        whole(properties, "spark.task.cpus", "1"),
        whole(properties, "spark.executor.resource.gpu.amount", "0"),
        number(properties, "spark.task.resource.gpu.amount", "0"),
        driver + overhead(properties, "spark.driver.memoryOverhead", driver));
  }

  /**
   * Sees that a task fits its executor.
   *
   * @throws Stop exit 2
   */
  void check() {
    if (taskCpus > cores) {
      throw Stop.usage(
          "spark.task.cpus is %d and spark.executor.cores is %d: no task would ever start; give the"
              + " executors %d cores or more",
          taskCpus, cores, taskCpus);
    }
    if (taskGpus > gpus) {
      throw Stop.usage(
          "spark.task.resource.gpu.amount is %s and spark.executor.resource.gpu.amount is %d: no"
              + " task would ever start; give the executors as many GPUs as a task has, or a task"
              + " fewer",
          text(taskGpus), gpus);
    }
  }

  /** Tasks that run at once when all executors are there. */
  int slots() {
    int byCores = cores / taskCpus;
    int byGpus = byCores;
    if (taskGpus > 0) {
      byGpus = taskGpus < 1 ? gpus * (int) (1 / taskGpus) : (int) (gpus / taskGpus);
    }
    return instances * Math.min(byCores, byGpus);
  }

  long executorMib() {
    return heapMib + overheadMib;
  }

  private static long overhead(Map<String, String> properties, String key, long heap) {
    return properties.containsKey(key)
        ? mib(properties, key, "")
        : Math.max(LEAST_OVERHEAD_MIB, (long) (heap * OVERHEAD_SHARE));
  }

  private static long mib(Map<String, String> properties, String key, String otherwise) {
    String size = properties.getOrDefault(key, otherwise);
    try {
      return JavaUtils.byteStringAsMb(size);
    } catch (NumberFormatException e) {
      throw Stop.usage("%s is '%s'; accepted: a size such as 4g or 512m", key, size).because(e);
    }
  }

  private static int whole(Map<String, String> properties, String key, String otherwise) {
    double number = number(properties, key, otherwise);
    if (number != Math.rint(number)) {
      throw Stop.usage("%s is '%s'; accepted: a whole number", key, properties.get(key));
    }
    return (int) number;
  }

  private static double number(Map<String, String> properties, String key, String otherwise) {
    String text = properties.getOrDefault(key, otherwise);
    try {
      double number = Double.parseDouble(text.strip());
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as what is below zero.
    }
    throw Stop.usage("%s is '%s'; accepted: a number, 0 or more", key, text);
  }

  private static String text(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
