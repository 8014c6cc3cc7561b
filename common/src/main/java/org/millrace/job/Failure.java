package org.millrace.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;

/**
 * How a run that threw is told to its operator.
 *
 * @param isBug whether the stack trace belongs in the log
 */
record Failure(ExitCode exitCode, String sentence, boolean isBug) {

  static Failure of(Throwable thrown, String root) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable t = thrown; t != null && !chain.contains(t); t = t.getCause()) {
      chain.add(t);
      if (t instanceof Stop stop) {
        return new Failure(stop.exitCode(), stop.getMessage(), stop.getCause() != null);
      }
    }
    for (Throwable t : chain) {
      String message = String.valueOf(t.getMessage());
      String lower = message.toLowerCase(Locale.ROOT);
      if (lower.contains("no space left on device") || lower.contains("quota exceeded")) {
        return new Failure(
            ExitCode.FAILED,
            "the disk is full: nothing was published under %s beyond what was there; free some space and run again"
                .formatted(root),
            true);
      }
    }
    Throwable cause = chain.get(chain.size() - 1);
    String name = cause.getClass().getSimpleName();
    String sentence =
        cause.getMessage() == null
            ? name
            : name + ": " + cause.getMessage().lines().findFirst().orElse("");
    return new Failure(ExitCode.FAILED, sentence, true);
  }
}
