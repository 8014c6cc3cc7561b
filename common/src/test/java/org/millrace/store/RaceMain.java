package org.millrace.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.millrace.outcome.Stop;

/** Four threads that want one lock again and again; whoever holds it must be alone with it. */
final class RaceMain {
  private static final long MILLIS = 3_000;

  private RaceMain() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Root root = Root.open(args[0], new Configuration());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> ends = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      String name = args[1] + "t" + t;
      ends.add(threads.submit(() -> race(root, folder, name)));
    }
    try {
      for (Future<?> end : ends) {
        end.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void race(Root root, Path folder, String name) throws Exception {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    for (int i = 0; System.nanoTime() < end; i++) {
      try (RunLock lock = RunLock.take(root, "race", name + "-" + i, run -> {})) {
        Path alone = Files.createFile(folder.resolve("alone")); // Fails where another one holds.
        Thread.sleep(5);
        lock.confirm();
        Files.delete(alone);
        System.out.println("held");
      } catch (Stop e) {
        Thread.sleep(20);
      }
    }
    return null;
  }
}
