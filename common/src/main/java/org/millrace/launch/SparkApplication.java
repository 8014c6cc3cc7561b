package org.millrace.launch;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.package$;
import org.millrace.config.Layers;
import org.millrace.outcome.Stop;

/**
 * The same run as a resource of the Kubeflow Spark operator (sparkoperator.k8s.io/v1beta2), of the
 * same properties and pod templates, with the secret that holds its use case.
 */
record SparkApplication(Request request, SubmitLine line) {
  private static final String VOLUME = "use-case";

  /** The driver's group reads, nobody else does. */
  private static final int MODE = 0440;

  private static final String MOUNTED = "spark.kubernetes.driver.secrets.";
  private static final int LONGEST_USE_CASE = 30;

  /** What the resource says elsewhere, or what only a submission needs. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "spark.app.name",
          "spark.master",
          "spark.submit.deployMode",
          "spark.driver.cores",
          "spark.driver.memory",
          "spark.driver.memoryOverhead",
          "spark.executor.instances",
          "spark.executor.cores",
          "spark.executor.memory",
          "spark.executor.memoryOverhead",
          "spark.kubernetes.namespace",
          "spark.kubernetes.container.image",
          "spark.kubernetes.driver.podTemplateFile",
          "spark.kubernetes.executor.podTemplateFile",
          "spark.kubernetes.authenticate.driver.serviceAccountName",
          "spark.kubernetes.submission.waitAppCompletion");

  /** Two documents of YAML; secrets are covered in them. */
  String yaml() {
    return "# manifest: values of secrets and keys are covered; put them in before it is applied\n"
        + Serialization.asYaml(secret())
        + Serialization.asYaml(application());
  }

  private String name() {
    String useCase = request.settings().useCase().replace('_', '-');
    return "%s-%s"
        .formatted(
            useCase.substring(0, Math.min(LONGEST_USE_CASE, useCase.length())),
            request.run().stamp().toLowerCase(Locale.ROOT));
  }

  private Map<String, Object> metadata(String name) {
    return ordered(
        "name",
        name,
        "namespace",
        line.properties().getOrDefault("spark.kubernetes.namespace", "default"),
        "labels",
        Map.of("app.kubernetes.io/name", "millrace", Kubernetes.LABEL, request.run().stamp()),
        "annotations",
        Map.of(Kubernetes.ANNOTATION, request.run().id()));
  }

  private Map<String, Object> secret() {
    Map<String, Object> data = new TreeMap<>();
    Staging.covered(request)
        .files()
        .forEach((file, bytes) -> data.put(file, new String(bytes, StandardCharsets.UTF_8)));
    return ordered(
        "apiVersion",
        "v1",
        "kind",
        "Secret",
        "metadata",
        metadata(RunSecret.name(request.run())),
        "type",
        "Opaque",
        "stringData",
        data);
  }

  private Map<String, Object> application() {
    Map<String, String> properties = line.properties();
    Map<String, Object> configuration = new TreeMap<>();
    properties.forEach(
        (key, value) -> {
          if (!ELSEWHERE.contains(key) && !key.startsWith(MOUNTED)) {
            configuration.put(key, Layers.isSecret(key) ? "*****" : value);
          }
        });
    Map<String, Object> spec =
        ordered(
            "type", "Java",
            "mode", "cluster",
            "sparkVersion", package$.MODULE$.SPARK_VERSION(),
            "image", properties.get("spark.kubernetes.container.image"),
            "mainClass", "org.millrace.Main",
            "mainApplicationFile", line.jar(),
            "arguments", line.arguments(),
            // A run that failed would fail again; whoever schedules it decides.
            "restartPolicy", Map.of("type", "Never"),
            "sparkConf", configuration,
            "driver", driver(properties),
            "executor", executor(properties));
    if (!line.families().isEmpty()) {
      spec.put("deps", Map.of("jars", line.families()));
    }
    return ordered(
        "apiVersion",
        "sparkoperator.k8s.io/v1beta2",
        "kind",
        "SparkApplication",
        "metadata",
        metadata(name()),
        "spec",
        spec);
  }

  private Map<String, Object> driver(Map<String, String> properties) {
    Pod template =
        new PodBuilder(template(properties, "driver"))
            .editSpec()
            .editFirstContainer()
            .addNewVolumeMount()
            .withName(VOLUME)
            .withMountPath(RunSecret.FOLDER)
            .withReadOnly(true)
            .endVolumeMount()
            .endContainer()
            .addNewVolume()
            .withName(VOLUME)
            .withNewSecret()
            .withSecretName(RunSecret.name(request.run()))
            .withDefaultMode(MODE)
            .endSecret()
            .endVolume()
            .endSpec()
            .build();
    Map<String, Object> driver =
        ordered(
            "cores", Integer.valueOf(properties.getOrDefault("spark.driver.cores", "1")),
            "memory", properties.getOrDefault("spark.driver.memory", "1g"),
            "template", template);
    optional(driver, "memoryOverhead", properties.get("spark.driver.memoryOverhead"));
    optional(
        driver,
        "serviceAccount",
        properties.get("spark.kubernetes.authenticate.driver.serviceAccountName"));
    return driver;
  }

  private Map<String, Object> executor(Map<String, String> properties) {
    Sizes sizes = request.sizes();
    Map<String, Object> executor =
        ordered(
            "instances", sizes.instances(),
            "cores", sizes.cores(),
            "memory", properties.getOrDefault("spark.executor.memory", "1g"),
            "template", template(properties, "executor"));
    optional(executor, "memoryOverhead", properties.get("spark.executor.memoryOverhead"));
    return executor;
  }

  private static Pod template(Map<String, String> properties, String role) {
    Path file = Path.of(properties.get("spark.kubernetes." + role + ".podTemplateFile"));
    try {
      return Serialization.unmarshal(Files.readString(file), Pod.class);
    } catch (IOException | RuntimeException e) {
      throw Stop.usage("the pod template %s cannot be read: %s", file, e.getMessage()).because(e);
    }
  }

  private static void optional(Map<String, Object> map, String key, String value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    List<Object> all = new ArrayList<>(List.of(keysAndValues));
    for (int i = 0; i < all.size(); i += 2) {
      map.put((String) all.get(i), all.get(i + 1));
    }
    return map;
  }
}
