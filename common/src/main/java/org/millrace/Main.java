package org.millrace;

import org.millrace.cli.Millrace;

/** What spark-submit starts. */
public final class Main {
  private Main() {}

  /**
   * Runs a command. In client mode the process ends with the command's exit code; in cluster mode,
   * where exit codes do not reach the submitter, a failed command throws, so that the cluster sees
   * that it failed, and {@code run.json} tells the code.
   */
  public static void main(String[] arguments) {
    int code = Millrace.execute(arguments);
    if (!"cluster".equals(System.getProperty("spark.submit.deployMode"))) {
      System.exit(code);
    }
    if (code != 0) {
      throw new IllegalStateException(
          "millrace ended with exit code " + code + "; run.json tells why");
    }
  }
}
