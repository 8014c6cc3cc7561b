package org.millrace.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.millrace.report.RunJson;
import org.millrace.report.RunReport;

/** How a command ended and what it printed. */
public record CommandResult(int exitCode, String out, String err) {
  private static final Pattern RUN = Pattern.compile("(?m)^[^,\\n]+, [0-9-]{10}, run (\\S+)$");

  /** The run's identifier, as it was printed. */
  public String runId() {
    Matcher run = RUN.matcher(out);
    if (!run.find()) {
      throw new AssertionError("no run began: " + this);
    }
    return run.group(1);
  }

  public Path runFolder(Path root) {
    return root.resolve("runs").resolve(runId());
  }

  /** The run's {@code run.json}. */
  public RunReport report(Path root) {
    try {
      return RunJson.read(Files.readAllBytes(runFolder(root).resolve("run.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
