package org.millrace;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.millrace.cli.Millrace;

/** What spark-submit starts. */
public final class Main {
  private Main() {}

  /**
   * Runs a command. In client mode the process ends with the command's exit code, and so does a
   * driver's pod on Kubernetes; in YARN's cluster mode, where exit codes do not reach the
   * submitter, a failed command throws, so that the cluster sees that it failed, and {@code
   * run.json} tells the code.
   */
  public static void main(String[] arguments) {
    if (!"cluster".equals(System.getProperty("spark.submit.deployMode"))) {
      System.exit(Millrace.execute(arguments));
    }
    StringWriter complaints = new StringWriter();
    int code = Millrace.execute(new PrintWriter(complaints), arguments);
    System.err.print(complaints);
    if (code != 0) {
      String why = complaints.toString().strip();
      throw new IllegalStateException(
          "millrace ended with exit code %d: %s"
              .formatted(code, why.isEmpty() ? "run.json tells why" : why));
    }
  }
}
