package org.millrace.deep.train;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.spark.TaskContext;

/**
 * Runs a rank on a thread of its own. The thread's end closes the collective's connections at once,
 * whatever the rank died of, so that the other ranks hear of it within milliseconds; and a task
 * that Spark kills need not wait for a native call.
 */
final class RankThread {
  private static final int POLL_MILLIS = 100;
  private static final int GRACE_MILLIS = 5_000;

  private RankThread() {}

  /**
   * @param work is given what tells that nobody wants its result any more
   */
  static RankOutcome run(TaskContext task, Function<BooleanSupplier, RankOutcome> work) {
    AtomicBoolean cancelled = new AtomicBoolean();
    AtomicReference<RankOutcome> outcome = new AtomicReference<>();
    int rank = task.partitionId();
    Thread thread = new Thread(() -> outcome.set(work.apply(cancelled::get)), "rank " + rank);
    thread.setDaemon(true);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    try {
      while (thread.isAlive() && !task.isInterrupted()) {
        thread.join(POLL_MILLIS);
      }
      cancelled.set(true);
      thread.join(GRACE_MILLIS);
    } catch (InterruptedException e) {
      cancelled.set(true);
      Thread.currentThread().interrupt();
    }
    RankOutcome told = outcome.get();
    return told == null ? RankOutcome.of(rank, new CancelledException()) : told;
  }
}
