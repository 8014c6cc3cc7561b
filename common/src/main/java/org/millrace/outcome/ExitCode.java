package org.millrace.outcome;

/** How a command ends, as the process's exit code and as {@code run.json} tell it. */
public enum ExitCode {
  DONE(0),
  /** A bug or the cluster. */
  FAILED(1),
  /** Wrong usage or configuration. */
  USAGE(2),
  /** An input breaks its contract beyond the allowed share. */
  CONTRACT(3),
  /** A quality gate refused the model. */
  GATE(4);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
