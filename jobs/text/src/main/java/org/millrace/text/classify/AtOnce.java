package org.millrace.text.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Work of the driver at once: a learner is hundreds of short jobs one behind the other, which leave
 * most of the executors' cores idle.
 */
final class AtOnce {
  private AtOnce() {}

  /**
   * What the work gives for each input, in their order. The first failure of an input, in their
   * order, ends the rest and is thrown.
   *
   * @param most inputs that are worked on at once
   */
  static <A, B> List<B> all(int most, List<A> inputs, Function<A, B> work) {
    // New threads: they take the description of this one's jobs over.
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(most, inputs.size())));
    try {
      List<Future<B>> started = new ArrayList<>();
      for (A input : inputs) {
        started.add(threads.submit(() -> work.apply(input)));
      }
      List<B> results = new ArrayList<>();
      for (Future<B> one : started) {
        results.add(result(one));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static <B> B result(Future<B> one) {
    try {
      return one.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while learners were fitted", e);
    }
  }
}
