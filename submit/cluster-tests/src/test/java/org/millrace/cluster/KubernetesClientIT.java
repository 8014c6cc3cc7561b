package org.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose driver is on this machine, and whose executors are pods. */
class KubernetesClientIT {
  private static final String RUNNING =
      """
      {"phase": "Running", "podIP": "127.0.0.1"}
      """;

  @TempDir private Path root;

  @Test
  void aDriverOnThisMachineGetsItsExecutorsAsPods() throws Exception {
    try (ApiServer server = ApiServer.start(RUNNING);
        Executors executors = new Executors(root.resolve("pods"))) {
      server.startsPodsBy(executors::start);
      Submit.Ended ended =
          Submit.toKubernetes(
                  server,
                  root,
                  "private-statistics",
                  "--set",
                  "spark.submit.deployMode=client",
                  "--set",
                  "spark.driver.host=localhost",
                  "--set",
                  "spark.executor.instances=1",
                  "--set",
                  "spark.executor.memory=700m",
                  "--set",
                  "spark.sql.shuffle.partitions=2")
              .within(240);

      assertThat(ended.exitCode()).as(ended.output() + executors.logs()).isZero();
      assertThat(ended.output()).contains("private-statistics 2026-01-31: done");
      assertThat(server.pods()).isEqualTo(1);
      JsonNode spec = server.pod().get("spec");
      JsonNode executor = ApiServer.named(spec.get("containers"), "spark-kubernetes-executor");
      assertThat(executor.get("image").asText()).isEqualTo("registry/millrace:1");
      assertThat(executor.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(executor.at("/resources/limits/memory").asText()).isEqualTo("3772Mi");
      assertThat(root.resolve("tables/private-statistics/ds=2026-01-31/_manifest.json"))
          .isNotEmptyFile();
    }
  }

  @Test
  void executorsThatNeverComeEndTheRunAlsoWhereTheyComeWithTasks() throws Exception {
    try (ApiServer server = ApiServer.start(ApiServer.UNSCHEDULABLE)) {
      Submit.Ended ended =
          Submit.toKubernetes(
                  server,
                  root,
                  "movies",
                  "--set",
                  "spark.submit.deployMode=client",
                  "--set",
                  "spark.driver.host=localhost",
                  "--set",
                  "spark.executor.instances=0",
                  "--set",
                  "spark.dynamicAllocation.enabled=true",
                  "--set",
                  "spark.dynamicAllocation.shuffleTracking.enabled=true",
                  "--set",
                  "start-within=4 s")
              .within(120);

      assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
      assertThat(ended.output().replaceAll("\\s+", " "))
          .contains(
              "no executor has started within 4 s (start-within)",
              "there is dynamic allocation",
              "4g + 3g memory, 2 core(s)");
      assertThat(server.pods()).isPositive();
    }
  }
}
