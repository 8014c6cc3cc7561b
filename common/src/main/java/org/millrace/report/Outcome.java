package org.millrace.report;

import java.time.Duration;
import org.millrace.outcome.ExitCode;

/** How the status and the end of a run read in plain words. */
final class Outcome {

  private Outcome() {}

  /**
   * The run in one sentence: the one that ended it, or what the status says when there is none.
   *
   * @param duration empty when the run has not ended
   */
  static String sentence(RunReport report, String duration) {
    if (!report.message().isBlank()) {
      return report.message();
    }
    String time = duration.isEmpty() ? "" : " after " + duration;
    return switch (report.status()) {
      case "done" ->
          duration.isEmpty()
              ? Figures.counted(report.jobs().size(), "job") + " finished."
              : Figures.counted(report.jobs().size(), "job") + " finished in " + duration + ".";
      case "running" -> "The run has not ended yet; these are its jobs so far.";
      case "refused" -> "A contract or a gate ended the run" + time + "; its log has the cause.";
      default -> "The run ended" + time + " without a sentence; its log has the cause.";
    };
  }

  /** What the exit code stands for. */
  static String meaning(int exitCode) {
    for (ExitCode known : ExitCode.values()) {
      if (known.code() == exitCode) {
        return switch (known) {
          case DONE -> "done";
          case FAILED -> "a bug or the cluster";
          case USAGE -> "wrong usage or configuration";
          case CONTRACT -> "an input breaks its contract beyond the allowed share";
          case GATE -> "a quality gate refused the model, or a privacy budget is spent";
        };
      }
    }
    return "ended by its environment";
  }

  /** Seconds from the start to the end; empty while the run is running. */
  static String duration(RunReport report) {
    return report
        .endedAt()
        .map(end -> Duration.between(report.startedAt(), end).toMillis() / 1000.0)
        .map(Figures::duration)
        .orElse("");
  }
}
