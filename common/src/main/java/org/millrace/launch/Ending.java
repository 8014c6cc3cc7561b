package org.millrace.launch;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.launch.Application.State;
import org.millrace.outcome.ExitCode;
import org.millrace.report.RunJson;
import org.millrace.report.RunReport;
import org.millrace.report.RunSummary;
import org.millrace.store.SmallFiles;

/**
 * How a run has ended that another machine's driver did: by its {@code run.json}, and by what the
 * cluster says.
 */
record Ending(Order order, State state, PrintStream out) {
  /** What {@code Main} throws in cluster mode. */
  private static final Pattern CODE =
      Pattern.compile("millrace ended with exit code ([1-4]): (.*)", Pattern.DOTALL);

  private static final Pattern STACK = Pattern.compile("\\R\\s*at [\\w.$/]+\\(.*", Pattern.DOTALL);

  private Path file() {
    return new Path(order.root(), "runs/" + order.runId() + "/run.json");
  }

  /** Tells it as a run on this machine would, and gives the exit code. */
  int code() {
    try {
      FileSystem fs = file().getFileSystem(Hadoop.configuration(order.properties()));
      RunReport report;
      try (InputStream stream = fs.open(file())) {
        report = RunJson.read(stream.readAllBytes());
      } catch (FileNotFoundException e) {
        return withoutReport("it left no " + file());
      }
      if (report.status().equals("running")) {
        report = lost(fs, report);
      }
      boolean ansi =
          "1".equals(System.getenv("MILLRACE_TERMINAL")) && System.getenv("NO_COLOR") == null;
      Charset charset = ansi ? Charset.defaultCharset() : StandardCharsets.US_ASCII;
      out.println();
      out.print(RunSummary.of(report, ansi, charset));
      return report.exitCode().orElse(ExitCode.FAILED.code());
    } catch (IOException e) {
      return withoutReport("%s cannot be read: %s".formatted(file(), e.getMessage()));
    }
  }

  /**
   * A driver that was killed could not write its end: this writes it, since nobody else is there.
   */
  private RunReport lost(FileSystem fs, RunReport report) throws IOException {
    String sentence =
        "the cluster ended the driver of %s: %s; run again, and it takes over what this run left"
            .formatted(state.name(), firstLines(state.sentence()));
    RunReport ended = report.ended("failed", ExitCode.FAILED.code(), sentence);
    SmallFiles.replace(fs, file(), RunJson.write(ended));
    return ended;
  }

  private int withoutReport(String why) {
    Matcher told = CODE.matcher(state.sentence());
    if (told.find()) {
      out.println(firstLines(told.group(2)));
      return Integer.parseInt(told.group(1));
    }
    Optional<Integer> code =
        state.exitCode().isPresent() ? Optional.of(state.exitCode().getAsInt()) : Optional.empty();
    if (state.succeeded()) {
      out.printf("%s has ended well; its summary is not to be had: %s%n", state.name(), why);
      return ExitCode.DONE.code();
    }
    out.printf("%s has failed: %s (%s)%n", state.name(), firstLines(state.sentence()), why);
    return code.filter(c -> c >= 1 && c <= 4).orElse(ExitCode.FAILED.code());
  }

  private static String firstLines(String text) {
    return STACK.matcher(text).replaceFirst("").strip();
  }
}
