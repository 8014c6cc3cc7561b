package org.millrace.risk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.millrace.cli.Millrace;

/**
 * Trains and scores one use case on many splits, in one process, as the command line would: {@code
 * QualityBench USE_CASE LIST}, where a line of the list is a set, its folder, its label and the
 * positive class, divided by blanks. Ends with the number of runs that failed.
 */
public final class QualityBench {
  private QualityBench() {}

  public static void main(String[] arguments) throws IOException {
    int failed = 0;
    for (String line : Files.readAllLines(Path.of(arguments[1]))) {
      String[] split = line.split(" ", -1);
      String train = "risk.train.";
      String score = "risk.score.";
      String quoted = "=\"" + split[1];
      int code =
          Millrace.execute(
              "run",
              arguments[0],
              "--root",
              split[1] + "/root",
              "--date",
              "2026-01-01",
              "--set",
              "data-schemas" + quoted + "\"",
              "--set",
              train + "examples.path" + quoted + "/train.csv\"",
              "--set",
              score + "examples.path" + quoted + "/test.csv\"",
              "--set",
              train + "examples.contract=" + split[0] + ".v1",
              "--set",
              score + "examples.contract=" + split[0] + ".v1",
              "--set",
              train + "label.column=\"" + split[2] + "\"",
              "--set",
              train + "label.positive=" + split[3]);
      failed += code == 0 ? 0 : 1;
    }
    if (failed > 0) {
      throw new IllegalStateException(failed + " runs failed");
    }
  }
}
