package org.millrace.risk;

import java.util.Locale;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Counts what Spark does: tells whether cores were busy, and with what. */
final class WorkTally extends SparkListener {
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;
  private static final double MEGABYTE = 1e6;

  private long jobs;
  private long tasks;
  private double run;
  private double cpu;
  private double collection;
  private double shuffled;

  synchronized void begin() {
    jobs = 0;
    tasks = 0;
    run = 0;
    cpu = 0;
    collection = 0;
    shuffled = 0;
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    jobs++;
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
    tasks++;
    run += task.taskMetrics().executorRunTime() / MILLIS;
    cpu += task.taskMetrics().executorCpuTime() / NANOS;
    collection += task.taskMetrics().jvmGCTime() / MILLIS;
    shuffled += task.taskMetrics().shuffleWriteMetrics().bytesWritten() / MEGABYTE;
  }

  /**
   * A sentence.
   *
   * @param seconds wall time since {@link #begin}
   */
  synchronized String told(double seconds, int cores) {
    return String.format(
        Locale.ROOT,
        "%d jobs, %d tasks that ran %.1f s of %.1f s of the cores (%.1f s on the processor, %.1f s in"
            + " garbage collection), %.0f MB shuffled",
        jobs,
        tasks,
        run,
        seconds * cores,
        cpu,
        collection,
        shuffled);
  }
}
