package org.millrace.forecast.work;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets work be done on a thread of its own and waits for it as long as it may take, and no longer:
 * work that is late is interrupted, and where it does not listen its thread is left behind and
 * another one takes its place.
 */
final class Watchdog implements AutoCloseable {
  private static final Duration GRACE = Duration.ofMillis(500);

  private ExecutorService worker = newWorker();

  /** The work took longer than it may. */
  static final class Late extends Exception {
    private static final long serialVersionUID = 1L;

    Late(String sentence) {
      super(sentence, null, false, false);
    }
  }

  /**
   * Does work within the limit.
   *
   * @throws Late where it takes longer
   * @throws ExecutionException with what the work threw
   */
  <T> T call(Callable<T> work, Duration limit) throws Late, ExecutionException {
    CountDownLatch over = new CountDownLatch(1);
    Future<T> promised =
        worker.submit(
            () -> {
              try {
                return work.call();
              } finally {
                over.countDown();
              }
            });
    try {
      return promised.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      promised.cancel(true);
      throw new Late(
          listens(over)
              ? "it takes longer than the time limit of " + shown(limit)
              : "it takes longer than the time limit of "
                  + shown(limit)
                  + " and cannot be stopped");
    } catch (InterruptedException e) {
      promised.cancel(true);
      Thread.currentThread().interrupt(); // Spark kills the task.
      throw new ExecutionException(e);
    }
  }

  private boolean listens(CountDownLatch over) {
    try {
      if (over.await(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    worker.shutdownNow();
    worker = newWorker();
    return false;
  }

  static String shown(Duration limit) {
    return limit.toMillis() % 1000 == 0
        ? limit.toSeconds() + " s"
        : limit.toMillis() / 1000.0 + " s";
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }

  /** Threads that are left behind do not keep the process from ending. */
  private static ExecutorService newWorker() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return Executors.newSingleThreadExecutor(
        work -> {
          Thread thread = new Thread(work, "forecast");
          thread.setDaemon(true);
          thread.setContextClassLoader(loader);
          return thread;
        });
  }
}
