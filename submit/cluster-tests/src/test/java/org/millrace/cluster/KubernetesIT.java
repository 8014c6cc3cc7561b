package org.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submits in cluster mode, as a user does, and looks at what the API server was asked for. */
class KubernetesIT {
  private static final String DONE =
      """
      {"phase": "Succeeded"}
      """;
  private static final String REFUSED =
      """
      {"phase": "Failed", "containerStatuses": [{"name": "spark-kubernetes-driver", "ready": false,
        "restartCount": 0, "image": "m", "imageID": "m",
        "state": {"terminated": {"exitCode": 3, "reason": "Error"}}}]}
      """;
  private static final String KILLED =
      """
      {"phase": "Failed", "containerStatuses": [{"name": "spark-kubernetes-driver", "ready": false,
        "restartCount": 0, "image": "m", "imageID": "m",
        "state": {"terminated": {"exitCode": 137, "reason": "OOMKilled"}}}]}
      """;

  @TempDir private Path root;

  private Submit.Ended submit(ApiServer server, String useCase, String... more) throws Exception {
    return Submit.toKubernetes(server, root, useCase, more).within(120);
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  @Test
  void aDriversPodIsAskedForAsTheClusterWantsIt() throws Exception {
    try (ApiServer server = ApiServer.start(DONE)) {
      server.hasNodes(0, 1);
      Submit.Ended ended =
          submit(
              server,
              "fashion",
              "--profile",
              "gpu",
              "--set",
              "spark.kubernetes.scheduler.name=yunikorn");

      assertThat(ended.exitCode()).as(ended.output()).isZero();
      JsonNode pod = server.pod();
      JsonNode spec = pod.get("spec");
      JsonNode driver = ApiServer.named(spec.get("containers"), "spark-kubernetes-driver");
      assertThat(driver.get("image").asText()).isEqualTo("registry/millrace:1");
      assertThat(driver.at("/resources/limits/memory").asText()).isEqualTo("3072Mi");
      assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(driver.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(driver.at("/securityContext/allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(texts(driver.at("/securityContext/capabilities/drop"))).containsExactly("ALL");
      for (String writable : List.of("tmp", "work", "shared-memory")) {
        assertThat(ApiServer.named(spec.get("volumes"), writable).has("emptyDir")).isTrue();
        assertThat(ApiServer.named(driver.get("volumeMounts"), writable)).isNotNull();
      }
      assertThat(spec.get("serviceAccountName").asText()).isEqualTo("millrace");
      assertThat(spec.get("schedulerName").asText()).isEqualTo("yunikorn");
      assertThat(pod.at("/metadata/annotations").path("yunikorn.apache.org/task-groups").asText())
          .contains(
              "\"name\":\"spark-executor\",\"minMember\":2",
              "\"nvidia.com/gpu\":\"1\"",
              "\"memory\":\"10240Mi\"");
      assertThat(texts(driver.get("args")))
          .contains("local:///opt/millrace/millrace.jar", "run", "--run-id")
          .contains("/opt/millrace/run/fashion.staged.json");
      assertThat(server.one("services", "driver-svc").at("/spec/clusterIP").asText())
          .isEqualTo("None");
      JsonNode conf = server.one("configmaps", "spark-drv").get("data");
      assertThat(conf.get("spark.properties").asText())
          .contains(
              "spark.executor.resource.gpu.vendor=nvidia.com",
              "spark.executor.resource.gpu.amount=1",
              "spark.jars=local\\:///opt/millrace/millrace-deep.jar");
      assertThat(server.one("configmaps", "podspec").get("data").toString())
          .contains("readOnlyRootFilesystem: true", "key: nvidia.com/gpu");
    }
  }

  @Test
  void theUseCaseItsSecretsAndItsKeysAreASecretOfTheDriversPod() throws Exception {
    Path key = root.resolve("models.key.pem");
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----");
    try (ApiServer server = ApiServer.start(DONE)) {
      Submit.Ended ended =
          submit(
              server,
              "movies",
              "--set",
              "spark.hadoop.fs.s3a.secret.key=hidden-away",
              "--set",
              "models.signing-key=" + key);

      assertThat(ended.exitCode()).as(ended.output()).isZero();
      JsonNode made = server.one("secrets", "millrace-");
      String name = made.at("/metadata/name").asText();
      JsonNode files = made.get("data");
      assertThat(text(files.get("movies.staged.json"))).contains("hidden-away", key.toString());
      assertThat(files.has("film-ratings.v1.odcs.yaml")).isTrue();
      List<String> keys = new ArrayList<>();
      files.fieldNames().forEachRemaining(keys::add);
      keys.removeIf(file -> !file.startsWith("key-"));
      assertThat(keys).hasSize(1);
      assertThat(text(files.get(keys.get(0)))).isEqualTo("-----BEGIN PRIVATE KEY-----");

      JsonNode spec = server.pod().get("spec");
      JsonNode volume = ApiServer.named(spec.get("volumes"), name + "-volume");
      assertThat(volume.at("/secret/secretName").asText()).isEqualTo(name);
      JsonNode driver = ApiServer.named(spec.get("containers"), "spark-kubernetes-driver");
      assertThat(
              ApiServer.named(driver.get("volumeMounts"), name + "-volume")
                  .get("mountPath")
                  .asText())
          .isEqualTo("/opt/millrace/run");
      assertThat(server.configMaps())
          .contains("spark.kubernetes.driver.secrets." + name)
          .doesNotContain("hidden-away", "PRIVATE KEY");
      assertThat(server.pod().toString()).doesNotContain("hidden-away", "PRIVATE KEY");
      JsonNode owner =
          server.one("patches-of-secrets", "millrace-").at("/metadata/ownerReferences").get(0);
      assertThat(owner.get("name")).isEqualTo(server.pod().at("/metadata/name"));
      assertThat(owner.get("uid")).isEqualTo(server.pod().at("/metadata/uid"));
      assertThat(server.deleted()).contains(name);
    }
  }

  private static String text(JsonNode base64) {
    return new String(Base64.getDecoder().decode(base64.asText()), StandardCharsets.UTF_8);
  }

  @Test
  void theDriversExitCodeIsTheLaunchers() throws Exception {
    try (ApiServer server = ApiServer.start(REFUSED)) {
      assertThat(submit(server, "movies").exitCode()).isEqualTo(3);
    }
    try (ApiServer server = ApiServer.start(KILLED)) {
      Submit.Ended killed = submit(server, "movies");

      assertThat(killed.exitCode()).isEqualTo(1);
      assertThat(killed.output()).contains("OOMKilled", "exit code 137");
    }
  }

  @Test
  void aPodThatNoNodeHasRoomForIsWithdrawn() throws Exception {
    try (ApiServer server = ApiServer.start(ApiServer.UNSCHEDULABLE)) {
      Submit.Ended ended = submit(server, "movies", "--set", "start-within=3 s");

      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.output()).contains("3 Insufficient memory", "within 3 s", "3072 MiB");
      assertThat(server.deleted())
          .contains(server.pod().at("/metadata/name").asText())
          .anyMatch(name -> name.startsWith("millrace-"));
    }
  }

  @Test
  void whatIsMissingIsToldBeforeAnythingIsAskedFor() throws Exception {
    List<String> run =
        List.of(
            "run", "conf/use-cases/movies.conf", "--env", "k8s", "--root", root.toUri().toString());
    Submit.Ended nowhere = Submit.start(Map.of(), run).within(60);

    assertThat(nowhere.exitCode()).isEqualTo(2);
    assertThat(nowhere.output()).contains("set MILLRACE_K8S_MASTER");
    try (ApiServer server = ApiServer.start(DONE)) {
      Submit.Ended imageless =
          Submit.start(Map.of("MILLRACE_K8S_MASTER", server.address()), run).within(60);
      assertThat(imageless.exitCode()).isEqualTo(2);
      assertThat(imageless.output()).contains("set MILLRACE_IMAGE");

      Submit.Ended slots =
          submit(
              server,
              "fashion",
              "--set",
              "deep.train.ranks=5",
              "--set",
              "spark.executor.instances=2");
      assertThat(slots.exitCode()).isEqualTo(2);
      assertThat(slots.output()).contains("deep.train needs 5 task slots at once");

      Submit.Ended gpus = submit(server, "fashion", "--set", "spark.task.resource.gpu.amount=2");
      assertThat(gpus.exitCode()).isEqualTo(2);
      assertThat(gpus.output()).contains("spark.executor.resource.gpu.amount is 0");

      server.hasNodes(0, 0, 0);
      Submit.Ended none = submit(server, "fashion", "--profile", "gpu");
      assertThat(none.exitCode()).isEqualTo(2);
      assertThat(none.output())
          .contains("none of this cluster's 3 nodes has any (nvidia.com/gpu)", "--profile cpu");
      assertThat(server.pods()).isZero();
    }
  }
}
