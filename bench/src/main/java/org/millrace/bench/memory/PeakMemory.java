package org.millrace.bench.memory;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.millrace.cli.Millrace;

/**
 * Runs a command of Millrace and then prints the peaks of its process in MB: what the heap held
 * right behind collections, memory of its own beyond the heap (RssAnon less the heap's size: native
 * libraries, which JavaCPP does not count for ND4J, and the JVM), and mapped files (RssFile, which
 * the kernel takes back when it needs it). The heap must be touched as a whole from the start.
 */
public final class PeakMemory {
  private static final long SAMPLE_MILLIS = 20;

  private final AtomicLong heap = new AtomicLong();
  private volatile long anonymous;
  private volatile long files;

  private PeakMemory() {}

  public static void main(String[] arguments) throws Exception {
    PeakMemory peak = new PeakMemory();
    peak.listen();
    Thread sampler = new Thread(peak::sample, "sampler");
    sampler.setDaemon(true);
    sampler.start();
    int code = Millrace.execute(arguments);
    System.out.printf(
        Locale.ROOT,
        "%d %d %d%n",
        peak.heap.get() >> 20,
        (peak.anonymous >> 10) - (Runtime.getRuntime().totalMemory() >> 20),
        peak.files >> 10);
    System.exit(code);
  }

  /** After each collection. */
  private void listen() {
    for (GarbageCollectorMXBean bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) bean)
          .addNotificationListener(
              (notification, handback) -> collected((CompositeData) notification.getUserData()),
              null,
              null);
    }
  }

  private void collected(CompositeData data) {
    var info = com.sun.management.GarbageCollectionNotificationInfo.from(data);
    long used =
        info.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
            .filter(e -> !isOutsideHeap(e.getKey()))
            .mapToLong(e -> e.getValue().getUsed())
            .sum();
    heap.accumulateAndGet(used, Math::max);
  }

  private static boolean isOutsideHeap(String pool) {
    return pool.startsWith("Code") || pool.startsWith("Meta") || pool.startsWith("Compressed");
  }

  private void sample() {
    try {
      while (true) {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
          if (line.startsWith("RssAnon:")) {
            anonymous = Math.max(anonymous, kilobytes(line));
          } else if (line.startsWith("RssFile:")) {
            files = Math.max(files, kilobytes(line));
          }
        }
        Thread.sleep(SAMPLE_MILLIS);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long kilobytes(String line) {
    return Long.parseLong(line.replaceAll("[^0-9]", ""));
  }
}
