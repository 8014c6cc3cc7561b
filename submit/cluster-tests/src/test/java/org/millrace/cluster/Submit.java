package org.millrace.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code submit/millrace} as a user does. */
final class Submit {
  static final Path HOME = Path.of(System.getProperty("millrace.home"));
  static final Path SPARK = Path.of(System.getProperty("millrace.cluster.runtime"));

  private final Process process;
  private final Path output;

  private Submit(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** How it ended. */
  record Ended(int exitCode, String output) {}

  /**
   * Starts it.
   *
   * @param environment variables over those of this process
   */
  static Submit start(Map<String, String> environment, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("submit/millrace").toString()));
    command.addAll(arguments);
    Path output = Files.createTempFile("submit", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("SPARK_HOME", SPARK.toString());
    builder.environment().remove("HADOOP_CONF_DIR");
    builder.environment().remove("YARN_CONF_DIR");
    builder.environment().putAll(environment);
    return new Submit(builder.start(), output);
  }

  /** Submits a use case to a stand-in of Kubernetes' API server. */
  static Submit toKubernetes(ApiServer server, Path root, String useCase, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("run", "conf/use-cases/" + useCase + ".conf", "--env", "k8s"));
    arguments.addAll(List.of("--root", root.toUri().toString(), "--date", "2026-01-31"));
    arguments.addAll(List.of(more));
    Map<String, String> environment =
        Map.of("MILLRACE_K8S_MASTER", server.address(), "MILLRACE_IMAGE", "registry/millrace:1");
    return start(environment, arguments);
  }

  String soFar() throws IOException {
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  boolean runs() {
    return process.isAlive();
  }

  Ended within(int seconds) throws IOException, InterruptedException {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw new AssertionError("still runs after " + seconds + " s:\n" + soFar());
      }
      return new Ended(process.exitValue(), soFar());
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(output);
    }
  }
}
