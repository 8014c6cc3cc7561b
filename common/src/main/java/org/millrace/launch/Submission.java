package org.millrace.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The spark-submit process of a run. */
final class Submission implements AutoCloseable {
  private static final String LOG = "submit.log";
  private static final List<String> REASONS =
      List.of("Exception in thread \"main\" ", "Caused by: ");

  private final Process process;
  private final Path log;
  private long endedAt;

  private Submission(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * A driver that is this process speaks for itself; of one that goes elsewhere only failures
   * count.
   */
  static Submission start(Order order, Path folder) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(order.command());
    Path log = folder.resolve(LOG);
    if (order.driverElsewhere()) {
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
    } else {
      builder.inheritIO();
    }
    return new Submission(builder.start(), log);
  }

  boolean hasEnded() {
    if (process.isAlive()) {
      return false;
    }
    if (endedAt == 0) {
      endedAt = System.nanoTime();
    }
    return true;
  }

  int exitCode() {
    return process.exitValue();
  }

  Duration sinceEnd() {
    return Duration.ofNanos(System.nanoTime() - endedAt);
  }

  /** The last cause that it wrote, or else its last line. */
  String why() throws IOException {
    List<String> lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
    for (int i = lines.size() - 1; i >= 0; i--) {
      for (String reason : REASONS) {
        if (lines.get(i).startsWith(reason)) {
          return lines.get(i).substring(reason.length()).replaceFirst("^[a-zA-Z.$]+: ", "");
        }
      }
    }
    return lines.isEmpty()
        ? "spark-submit ended with exit code " + exitCode() + " and said nothing"
        : lines.get(lines.size() - 1);
  }

  /** A driver in this process is told to stop, and ends its run in order. */
  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
