package org.millrace.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Who holds a lock, as its file tells.
 *
 * @param processes which process numbers are meant: containers of one host name may have their own;
 *     empty where it cannot be told
 * @param processStart when the process started: numbers are given again
 */
record Owner(
    String runId, String host, String processes, long pid, String processStart, String since) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UNKNOWN = "unknown-host";
  private static final int YOUNG_SECONDS = 3;

  static Owner me(String runId) {
    return new Owner(
        runId,
        hostName(),
        processSpace(),
        ProcessHandle.current().pid(),
        startOf(ProcessHandle.current()),
        Instant.now().toString());
  }

  /** A file that is no JSON is being written just now, or its writer died: its age decides. */
  static Owner read(String runId, byte[] bytes) throws IOException {
    JsonNode node;
    try {
      node = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      node = JSON.createObjectNode();
    }
    return new Owner(
        runId,
        node.path("host").asText(UNKNOWN),
        node.path("processes").asText(),
        node.path("pid").asLong(),
        node.path("process_start").asText(),
        node.path("since").asText());
  }

  byte[] bytes() throws IOException {
    return JSON.writeValueAsBytes(
        JSON.createObjectNode()
            .put("run_id", runId)
            .put("host", host)
            .put("processes", processes)
            .put("pid", pid)
            .put("process_start", processStart)
            .put("since", since));
  }

  /** The run and where it runs, as far as its lock tells. */
  String described() {
    return since.isEmpty()
        ? "run %s, whose lock does not say where it runs: it began just now, or died as it began (after %d s without a sign of life its place is free)"
            .formatted(runId, RunLock.DEAD_SECONDS)
        : "run %s (process %d on %s, since %s)".formatted(runId, pid, host, since);
  }

  /** Empty where it cannot be told from here. */
  Optional<Boolean> runs() {
    if (host.equals(UNKNOWN) || !host.equals(hostName()) || !processes.equals(processSpace())) {
      return Optional.empty();
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty()) {
      return Optional.of(false);
    }
    // Another start: its number was given again, or the host's clock was set. Silence decides.
    return process.filter(p -> startOf(p).equals(processStart)).map(p -> true);
  }

  /** A run that came a moment ago may withdraw at the sight of another one. */
  boolean isYoung() {
    try {
      Duration age = Duration.between(Instant.parse(since), Instant.now()).abs();
      return age.toSeconds() < YOUNG_SECONDS;
    } catch (DateTimeParseException e) {
      return true;
    }
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static String processSpace() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
