package org.millrace.bench;

import org.millrace.cli.Millrace;

/**
 * Runs use cases by turns in one process, so that all but the first round are warm: {@code ROUNDS
 * FILE...}. What they took stands in the runs' reports.
 */
public final class ManyRuns {
  private ManyRuns() {}

  public static void main(String[] arguments) {
    for (int round = Integer.parseInt(arguments[0]); round > 0; round--) {
      for (int i = 1; i < arguments.length; i++) {
        int code = Millrace.execute("run", arguments[i], "--date", "2026-01-31");
        if (code != 0) {
          throw new IllegalStateException(arguments[i] + " ended with " + code);
        }
      }
    }
  }
}
