package org.millrace.forecast.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * Gives buckets of series to tasks so that each has about the same to do: the dearest bucket first,
 * to the task with least (longest processing time first; Graham, Bounds on multiprocessing timing
 * anomalies, SIAM J. Appl. Math. 17 (1969)).
 */
final class TaskBalance {
  /** Spark's seed for hash partitioning. */
  private static final int SEED = 42;

  private TaskBalance() {}

  /**
   * @param costs by bucket
   * @return the task of each bucket
   */
  static int[] assign(double[] costs, int tasks) {
    List<Integer> dearestFirst = new ArrayList<>();
    for (int bucket = 0; bucket < costs.length; bucket++) {
      dearestFirst.add(bucket);
    }
    dearestFirst.sort(Comparator.comparingDouble((Integer b) -> -costs[b]).thenComparing(b -> b));
    double[] load = new double[tasks];
    int[] task = new int[costs.length];
    for (int bucket : dearestFirst) {
      int least = 0;
      for (int t = 1; t < tasks; t++) {
        least = load[t] < load[least] ? t : least;
      }
      task[bucket] = least;
      load[least] += costs[bucket];
    }
    return task;
  }

  /** For each task a number that Spark's hash partitioning puts into the partition of its own. */
  static int[] numbersOf(int tasks) {
    int[] numbers = new int[tasks];
    boolean[] found = new boolean[tasks];
    int left = tasks;
    for (int number = 0; left > 0; number++) {
      int partition = Math.floorMod(Murmur3_x86_32.hashInt(number, SEED), tasks);
      if (!found[partition]) {
        found[partition] = true;
        numbers[partition] = number;
        left--;
      }
    }
    return numbers;
  }

  /** The number by which a bucket's rows are partitioned. */
  static int[] numbers(double[] costs, int tasks) {
    int[] numbers = numbersOf(tasks);
    return Arrays.stream(assign(costs, tasks)).map(t -> numbers[t]).toArray();
  }
}
