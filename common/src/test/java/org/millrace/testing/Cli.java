package org.millrace.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.millrace.cli.Millrace;

/** Runs commands as production does, in this JVM, and keeps what they print. */
public final class Cli {
  private Cli() {}

  /** Runs a command to its end; one at a time, since the standard streams are the process's. */
  public static synchronized CommandResult run(String... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, UTF_8));
      System.setErr(new PrintStream(complained, true, UTF_8));
      int code = Millrace.execute(arguments);
      System.out.flush();
      System.err.flush();
      return new CommandResult(code, printed.toString(UTF_8), complained.toString(UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
