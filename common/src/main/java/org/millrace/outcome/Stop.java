package org.millrace.outcome;

import com.google.errorprone.annotations.FormatMethod;

/**
 * Ends a command with a sentence for its operator. The message says what is wrong, with the value
 * in it, and what to do next; it is printed without a stack trace. Anything else that escapes a job
 * is a bug.
 */
public final class Stop extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  private Stop(ExitCode exitCode, String sentence, Throwable cause) {
    super(sentence, cause);
    this.exitCode = exitCode;
  }

  /** Wrong usage or configuration. */
  @FormatMethod
  public static Stop usage(String sentence, Object... values) {
    return new Stop(ExitCode.USAGE, sentence.formatted(values), null);
  }

  /** An input that breaks its contract. */
  @FormatMethod
  public static Stop contract(String sentence, Object... values) {
    return new Stop(ExitCode.CONTRACT, sentence.formatted(values), null);
  }

  /** A model that a quality gate refused. */
  @FormatMethod
  public static Stop gate(String sentence, Object... values) {
    return new Stop(ExitCode.GATE, sentence.formatted(values), null);
  }

  /**
   * Something outside the configuration and the data went wrong: the disk, the cluster, another
   * run.
   */
  @FormatMethod
  public static Stop failed(String sentence, Object... values) {
    return new Stop(ExitCode.FAILED, sentence.formatted(values), null);
  }

  /** The same ending, with what caused it kept for the log. */
  public Stop because(Throwable cause) {
    return new Stop(exitCode, getMessage(), cause);
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
