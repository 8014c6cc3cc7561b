package org.millrace.deep.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Runs the ranks of a test, each in a thread of its own. */
final class RanksAsThreads {
  static final String HERE = "127.0.0.1";

  private RanksAsThreads() {}

  /** What a rank does; its end is told as text, an exception's too. */
  interface Work {
    String of(int rank) throws Exception;
  }

  /** What a rank does that joins by TCP. */
  interface TrackedWork {
    String of(int rank, Tracker.Address tracker) throws Exception;
  }

  static List<String> together(int ranks, Work work) throws InterruptedException {
    AtomicReferenceArray<String> told = new AtomicReferenceArray<>(ranks);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < ranks; i++) {
      int rank = i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  told.set(rank, work.of(rank));
                } catch (Exception e) {
                  told.set(rank, e.getClass().getSimpleName() + ": " + e.getMessage());
                }
              });
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    List<String> all = new ArrayList<>();
    for (int i = 0; i < ranks; i++) {
      all.add(told.get(i));
    }
    return all;
  }

  static List<String> tracked(int ranks, int timeoutSeconds, TrackedWork work)
      throws InterruptedException {
    try (Tracker tracker = Tracker.start(HERE, ranks, timeoutSeconds)) {
      return together(ranks, rank -> work.of(rank, tracker.address()));
    }
  }

  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  static double sumOfOnes(Collective collective) {
    ByteBuffer one = buffer(Double.BYTES).putDouble(0, 1);
    collective.sumDoubles(one, 1);
    return one.getDouble(0);
  }

  /** The last numbers as riders, three at the most. */
  static void sumFloats(Collective collective, ByteBuffer floats) {
    FloatBuffer all = floats.asFloatBuffer();
    float[] riders = new float[Math.min(3, all.limit())];
    int size = all.limit() - riders.length;
    all.get(size, riders);
    collective.sumFloats(all.duplicate().limit(size), riders);
    all.put(size, riders);
  }
}
