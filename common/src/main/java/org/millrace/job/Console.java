package org.millrace.job;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/**
 * Progress of steps on the terminal, a line each; Spark's own progress bar shows the stages in
 * between.
 */
final class Console {
  private final PrintStream out;
  private String current = "";

  Console(PrintStream out) {
    this.out = out;
  }

  /** Whether somebody watches: the launcher tells, since a process behind it cannot know. */
  static boolean isTerminal() {
    return "1".equals(System.getenv("MILLRACE_TERMINAL"));
  }

  void begin(String job, String step) {
    current = "  " + job + "  " + step;
    if (isTerminal()) {
      out.print(current + " ...\r");
      out.flush();
    }
  }

  /** May come from another thread than the step's. */
  void progress(String sentence) {
    out.printf("    %s%n", sentence);
  }

  void end(Instant started) {
    double seconds = Duration.between(started, Instant.now()).toMillis() / 1e3;
    out.printf("%-70s %8.1f s%n", current, seconds);
  }
}
