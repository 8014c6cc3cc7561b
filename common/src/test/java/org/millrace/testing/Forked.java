package org.millrace.testing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another JVM with the same options and classpath: for what ends, kills or needs a process. */
public final class Forked {
  private final Process process;
  private final Path output;

  private Forked(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** How it ended. */
  public record Ended(int exitCode, String output) {}

  public static Forked run(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-javaagent") && !option.startsWith("-Xmx"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("forked", ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Forked(process, output);
  }

  /** Asks it to stop, as a cluster does first: SIGTERM. */
  public void stop() {
    process.destroy();
  }

  /** Ends it without asking: SIGKILL. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Waits for its end; kills it when the time is over. */
  public Ended within(int seconds) throws IOException, InterruptedException {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw new AssertionError("still runs after " + seconds + " s");
      }
      String text = Files.readString(output, StandardCharsets.UTF_8);
      return new Ended(process.exitValue(), text);
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
