package org.millrace.launch;

import java.util.Arrays;
import java.util.List;
import org.millrace.cli.Millrace;

/**
 * What {@code submit/millrace} starts: checks the use case, and leaves the command that the script
 * then becomes. Commands that need no Spark are done here.
 */
public final class Launcher {
  private static final List<String> SUBMITTED = List.of("run", "validate");

  private Launcher() {}

  /** Ends with the command's exit code. */
  public static void main(String[] arguments) {
    boolean submitted = arguments.length > 0 && SUBMITTED.contains(arguments[0]);
    System.exit(
        submitted
            ? Millrace.commandLine(new Submitted(arguments))
                .execute(Arrays.copyOfRange(arguments, 1, arguments.length))
            : Millrace.execute(arguments));
  }
}
