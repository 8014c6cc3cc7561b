package org.millrace.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Starts executors' pods as processes of this machine, by what their environment says: what the
 * entry point of Spark's image does with it.
 */
final class Executors implements AutoCloseable {
  private final Path work;
  private final List<Process> processes = new ArrayList<>();
  private final List<Path> logs = new ArrayList<>();

  /**
   * @param work where each gets a working directory, into which Spark fetches the application's jar
   */
  Executors(Path work) {
    this.work = work;
  }

  void start(JsonNode pod) {
    try {
      Path folder = Files.createDirectories(work.resolve(String.valueOf(processes.size())));
      Path log = folder.resolve("log");
      ProcessBuilder builder =
          new ProcessBuilder(command(pod))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      environment(pod).forEach(builder.environment()::put);
      logs.add(log);
      processes.add(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> environment(JsonNode pod) {
    Map<String, String> environment = new TreeMap<>();
    for (JsonNode variable : pod.at("/spec/containers/0/env")) {
      environment.put(variable.get("name").asText(), variable.path("value").asText());
    }
    environment.put("SPARK_EXECUTOR_POD_IP", "localhost");
    environment.put("SPARK_EXECUTOR_POD_NAME", pod.at("/metadata/name").asText());
    environment.remove("SPARK_CONF_DIR");
    environment.remove("SPARK_LOCAL_DIRS");
    return environment;
  }

  private static List<String> command(JsonNode pod) {
    Map<String, String> environment = environment(pod);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("SPARK_JAVA_OPT_")) {
            command.add(value);
          }
        });
    command.add("-Xmx" + environment.get("SPARK_EXECUTOR_MEMORY"));
    command.addAll(List.of("-cp", Submit.SPARK.resolve("jars") + "/*"));
    command.add("org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend");
    Map<String, String> options = new TreeMap<>();
    options.put("--driver-url", "SPARK_DRIVER_URL");
    options.put("--executor-id", "SPARK_EXECUTOR_ID");
    options.put("--cores", "SPARK_EXECUTOR_CORES");
    options.put("--app-id", "SPARK_APPLICATION_ID");
    options.put("--hostname", "SPARK_EXECUTOR_POD_IP");
    options.put("--resourceProfileId", "SPARK_RESOURCE_PROFILE_ID");
    options.put("--podName", "SPARK_EXECUTOR_POD_NAME");
    options.forEach((option, name) -> command.addAll(List.of(option, environment.get(name))));
    return command;
  }

  /** What they wrote. */
  String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path log : logs) {
      all.append(Files.readString(log));
    }
    return all.toString();
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }
}
