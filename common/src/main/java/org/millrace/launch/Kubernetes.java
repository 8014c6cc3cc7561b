package org.millrace.launch;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.config.Layers;
import org.millrace.outcome.Stop;

/**
 * Kubernetes, by Spark's own submission.
 *
 * @param cluster whether the driver too is a pod
 */
record Kubernetes(boolean cluster) implements Target {
  /** By which a run's pods are found. */
  static final String LABEL = "millrace-run";

  /** Where the image of submit/image holds Millrace. */
  static final String IN_IMAGE = "/opt/millrace";

  private static final String IMAGE = "spark.kubernetes.container.image";
  static final String ANNOTATION = "millrace.org/run-id";

  @Override
  public void check(Request request) {
    Target.needModule(request.sparkHome(), "spark-kubernetes_", "k8s");
    if (request.properties().get("spark.master").strip().equals("k8s://")) {
      throw Stop.usage(
          "--env k8s: there is no API server; set MILLRACE_K8S_MASTER to its address, such as"
              + " https://10.0.0.1:6443 (kubectl cluster-info tells it), or spark.master");
    }
    if (request.properties().getOrDefault(IMAGE, "").isBlank()) {
      throw Stop.usage(
          "--env k8s: there is no image; build one from submit/image/Dockerfile and set"
              + " MILLRACE_IMAGE to its name, or spark.kubernetes.container.image");
    }
    request.check();
    request.checkRoot();
    GpuNodes.check(request.properties(), request.sizes());
  }

  @Override
  public SubmitLine line(Request request, Path staged) {
    Map<String, String> properties = new TreeMap<>(request.properties());
    Path pods = request.home().resolve("submit/k8s");
    properties.putIfAbsent(
        "spark.kubernetes.executor.podTemplateFile", pods.resolve("executor-pod.yaml").toString());
    properties.put("spark.kubernetes.executor.label." + LABEL, request.run().stamp());
    properties.putIfAbsent("spark.executorEnv.OMP_NUM_THREADS", "1");
    if (request.sizes().gpus() > 0) {
      properties.putIfAbsent("spark.executor.resource.gpu.vendor", "nvidia.com");
      properties.putIfAbsent(
          "spark.executor.resource.gpu.discoveryScript", IN_IMAGE + "/gpu-addresses");
    }
    YuniKorn.annotate(properties, request);
    if (!cluster) {
      return request.line().withProperties(properties).withDriverHere(request.home());
    }
    properties.putIfAbsent(
        "spark.kubernetes.driver.podTemplateFile", pods.resolve("driver-pod.yaml").toString());
    properties.put("spark.kubernetes.driver.label." + LABEL, request.run().stamp());
    properties.put("spark.kubernetes.driver.annotation." + ANNOTATION, request.run().id());
    properties.put("spark.kubernetes.submission.waitAppCompletion", "false");
    properties.putIfAbsent("spark.kubernetes.driverEnv.OMP_NUM_THREADS", "1");
    properties.putIfAbsent("spark.app.name", request.settings().useCase());
    properties.put(
        "spark.kubernetes.driver.secrets." + RunSecret.name(request.run()), RunSecret.FOLDER);
    properties.keySet().removeIf(key -> isTheDriversSecret(key, request));
    String useCase = RunSecret.FOLDER + "/" + Staging.useCaseFile(request.useCase());
    return request
        .line()
        .withProperties(properties)
        .withJars(Kubernetes::inImage)
        .withArguments(request.stagedArguments(useCase));
  }

  /**
   * Spark would write it into a config map. The driver has it from the use case's own block, by the
   * secret; what Spark's submission needs itself stays.
   */
  private static boolean isTheDriversSecret(String key, Request request) {
    return Layers.isSecret(key)
        && key.startsWith("spark.")
        && !key.startsWith("spark.kubernetes.")
        && request.settings().spark().containsKey(key.substring("spark.".length()));
  }

  /** Jars are in the image, so that nothing has to be uploaded to a place that all pods see. */
  static String inImage(String jar) {
    return jar.contains("://") ? jar : "local://" + IN_IMAGE + "/" + Path.of(jar).getFileName();
  }

  /** Makes the run's secret on the cluster. */
  @Override
  public void stage(Request request, Path staged) {
    if (cluster) {
      try (KubernetesApi api = KubernetesApi.of(request.properties())) {
        new RunSecret(api, request.run()).create(Staging.of(request));
      }
    }
  }

  @Override
  public String manifest(Request request) {
    return cluster ? new SparkApplication(request, line(request, Path.of("staged"))).yaml() : "";
  }

  /** A driver on this machine waits for its executors by itself. */
  @Override
  public Watch watch() {
    return cluster ? Watch.END : Watch.NONE;
  }
}
