package org.millrace.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The manifest of a dry run is one that the Kubeflow operator's definition accepts. */
class ManifestIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern DOCUMENT = Pattern.compile("(?m)^---$");

  private static JsonSchema schema() throws IOException {
    try (InputStream stream =
        ManifestIT.class.getResourceAsStream("/sparkapplication-v1beta2.schema.json")) {
      JsonNode schema = JSON.readTree(stream);
      close(schema);
      return JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(schema);
    }
  }

  /** Kubernetes drops keys that a definition does not have; here they are errors. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object
        && object.path("properties").isObject()
        && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
    schema.forEach(ManifestIT::close);
  }

  private static String dryRun(String... more) throws Exception {
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of("run", "conf/use-cases/fashion.conf", "--env", "k8s", "--dry-run"));
    arguments.addAll(List.of("--root", "file:///mnt/millrace"));
    arguments.addAll(List.of(more));
    Map<String, String> environment =
        Map.of("MILLRACE_K8S_MASTER", "https://localhost:6443", "MILLRACE_IMAGE", "registry/m:1");
    Submit.Ended ended = Submit.start(environment, arguments).within(60);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended.output();
  }

  @Test
  void theOperatorsDefinitionAcceptsIt() throws Exception {
    String printed =
        dryRun(
            "--profile",
            "gpu",
            "--set",
            "spark.hadoop.fs.s3a.secret.key=hidden-away",
            "--set",
            "models.trusted-keys=[\"%s\"]".formatted(Submit.HOME.resolve("LICENSE")));
    String manifest = printed.substring(printed.indexOf("# manifest"));
    List<String> documents = DOCUMENT.splitAsStream(manifest).toList();
    JsonNode application = Serialization.unmarshal(documents.get(2), JsonNode.class);

    assertThat(schema().validate(application)).isEmpty();
    assertThat(application.at("/spec/deps/jars/0").asText())
        .isEqualTo("local:///opt/millrace/millrace-deep.jar");
    assertThat(application.at("/spec/executor/instances").asInt()).isEqualTo(2);
    assertThat(
            application.at("/spec/sparkConf").path("spark.executor.resource.gpu.amount").asText())
        .isEqualTo("1");
    assertThat(printed).doesNotContain("hidden-away", "Apache License");
    JsonNode secret = Serialization.unmarshal(documents.get(1), JsonNode.class);
    assertThat(secret.get("kind").asText()).isEqualTo("Secret");
    JsonNode template = application.at("/spec/driver/template/spec");
    assertThat(template.get("volumes").toString())
        .contains("\"secretName\":\"" + secret.at("/metadata/name").asText() + "\"");
    assertThat(template.at("/containers/0/volumeMounts").toString())
        .contains("{\"mountPath\":\"/opt/millrace/run\",\"name\":\"use-case\",\"readOnly\":true}");
    assertThat(secret.at("/stringData").has("fashion.staged.json")).isTrue();
    assertThat(secret.get("stringData").toString())
        .containsPattern("key-[0-9a-f]{16}\\.pem\":\"\\*{5}\"");
    assertThat(application.at("/spec/arguments").toString())
        .contains("/opt/millrace/run/fashion.staged.json");
    assertThat(application.at("/spec/sparkConf").has("spark.hadoop.fs.s3a.secret.key")).isFalse();
  }

  @Test
  void theDefinitionAcceptsWhatAirflowStarts() throws Exception {
    String file =
        java.nio.file.Files.readString(
            Submit.HOME.resolve("submit/airflow/dags/spark-application.yaml"));
    JsonNode application = Serialization.unmarshal(file, JsonNode.class);

    assertThat(schema().validate(application)).isEmpty();
    for (String role : List.of("driver", "executor")) {
      JsonNode asked = application.at("/spec/" + role);
      assertThat(asked.at("/podSecurityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(asked.at("/securityContext/readOnlyRootFilesystem").asBoolean()).isTrue();
    }
  }

  @Test
  void theDefinitionRefusesWhatItDoesNotKnow() throws Exception {
    assertThat(schema().validate(JSON.readTree("{\"spec\": {\"executer\": {}}}"))).isNotEmpty();
  }

  @Test
  void podTemplatesHaveOnlyKeysOfPods() throws Exception {
    for (String role : List.of("driver", "executor")) {
      String file =
          java.nio.file.Files.readString(Submit.HOME.resolve("submit/k8s/" + role + "-pod.yaml"));
      Pod pod = Serialization.unmarshal(file, Pod.class);
      JsonNode written = Serialization.unmarshal(file, JsonNode.class);

      assertThat(JSON.readTree(Serialization.asJson(pod))).isEqualTo(written);
      assertThat(pod.getSpec().getAdditionalProperties()).isEmpty();
      assertThat(pod.getSpec().getContainers().get(0).getAdditionalProperties()).isEmpty();
      assertThat(
              pod.getSpec().getContainers().get(0).getSecurityContext().getAdditionalProperties())
          .isEmpty();
    }
  }
}
