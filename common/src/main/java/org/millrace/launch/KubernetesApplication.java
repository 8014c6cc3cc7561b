package org.millrace.launch;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.millrace.job.RunName;

/** A driver's pod, found by the label that the launcher gave it. */
final class KubernetesApplication implements Application {
  private static final String AUTHENTICATE = "spark.kubernetes.authenticate.submission.";

  private final KubernetesClient client;
  private final String namespace;
  private final String stamp;
  private String seen = "";

  private KubernetesApplication(KubernetesClient client, String namespace, String stamp) {
    this.client = client;
    this.namespace = namespace;
    this.stamp = stamp;
  }

  /** Speaks to the API server as Spark's own submission does, by the same properties. */
  static KubernetesApplication of(Map<String, String> properties, RunName run) {
    String master = properties.get("spark.master").strip().substring("k8s://".length());
    Config found = Config.autoConfigure(properties.get("spark.kubernetes.context"));
    String namespace = properties.getOrDefault("spark.kubernetes.namespace", "default");
    ConfigBuilder config =
        new ConfigBuilder(found)
            .withMasterUrl(master.contains("://") ? master : "https://" + master)
            .withNamespace(namespace);
    Optional.ofNullable(properties.get(AUTHENTICATE + "oauthToken"))
        .ifPresent(config::withOauthToken);
    Optional.ofNullable(properties.get(AUTHENTICATE + "oauthTokenFile"))
        .map(KubernetesApplication::content)
        .ifPresent(config::withOauthToken);
    Optional.ofNullable(properties.get(AUTHENTICATE + "caCertFile"))
        .ifPresent(config::withCaCertFile);
    Optional.ofNullable(properties.get(AUTHENTICATE + "clientKeyFile"))
        .ifPresent(config::withClientKeyFile);
    Optional.ofNullable(properties.get(AUTHENTICATE + "clientCertFile"))
        .ifPresent(config::withClientCertFile);
    KubernetesClient client = new KubernetesClientBuilder().withConfig(config.build()).build();
    return new KubernetesApplication(client, namespace, run.stamp());
  }

  private static String content(String file) {
    try {
      return java.nio.file.Files.readString(new File(file).toPath()).strip();
    } catch (IOException e) {
      throw org.millrace.outcome.Stop.usage(
              "%soauthTokenFile is %s, which cannot be read: %s",
              AUTHENTICATE, file, e.getMessage())
          .because(e);
    }
  }

  private List<Pod> drivers() throws IOException {
    try {
      return client
          .pods()
          .inNamespace(namespace)
          .withLabels(Map.of(Kubernetes.LABEL, stamp, "spark-role", "driver"))
          .list()
          .getItems();
    } catch (KubernetesClientException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public State state() throws IOException {
    List<Pod> drivers = drivers();
    if (!drivers.isEmpty()) {
      seen = drivers.get(0).getMetadata().getName();
      return stateOf(drivers.get(0));
    }
    return seen.isEmpty()
        ? State.ABSENT
        : new State(Phase.ENDED, seen, false, OptionalInt.empty(), "the driver's pod was deleted");
  }

  static State stateOf(Pod pod) {
    String name = pod.getMetadata().getName();
    String phase = pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
    return switch (phase) {
      case "Running" -> State.of(Phase.RUNNING, name, "kubectl logs -f " + name);
      case "Succeeded" -> new State(Phase.ENDED, name, true, OptionalInt.of(0), "");
      case "Failed" -> failed(pod, name);
      default -> State.of(Phase.WAITING, name, "waits: " + waitsFor(pod));
    };
  }

  private static State failed(Pod pod, String name) {
    Optional<ContainerStateTerminated> end =
        states(pod).map(ContainerState::getTerminated).filter(Objects::nonNull).findFirst();
    OptionalInt code =
        end.isPresent() ? OptionalInt.of(end.get().getExitCode()) : OptionalInt.empty();
    String sentence =
        Stream.of(
                pod.getStatus().getReason(),
                pod.getStatus().getMessage(),
                end.map(ContainerStateTerminated::getReason).orElse(null),
                end.map(ContainerStateTerminated::getMessage).orElse(null),
                end.map(e -> "exit code " + e.getExitCode()).orElse(null))
            .filter(part -> part != null && !part.isBlank())
            .reduce((a, b) -> a + ", " + b)
            .orElse("its pod failed");
    return new State(Phase.ENDED, name, false, code, sentence);
  }

  private static Stream<ContainerState> states(Pod pod) {
    List<ContainerStatus> statuses =
        pod.getStatus() == null ? null : pod.getStatus().getContainerStatuses();
    return statuses == null
        ? Stream.empty()
        : statuses.stream().map(ContainerStatus::getState).filter(Objects::nonNull);
  }

  /** Resources that no node has, or an image that cannot be pulled. */
  private static String waitsFor(Pod pod) {
    Stream<String> conditions =
        pod.getStatus() == null || pod.getStatus().getConditions() == null
            ? Stream.empty()
            : pod.getStatus().getConditions().stream()
                .filter(c -> "False".equals(c.getStatus()))
                .map(PodCondition::getMessage);
    Stream<String> containers =
        states(pod)
            .map(ContainerState::getWaiting)
            .filter(Objects::nonNull)
            .map(
                w ->
                    w.getMessage() == null ? w.getReason() : w.getReason() + ": " + w.getMessage());
    return Stream.concat(containers, conditions)
        .filter(message -> message != null && !message.isBlank())
        .distinct()
        .reduce((a, b) -> a + "; " + b)
        .orElse("for a node");
  }

  @Override
  public String free() {
    return "what the nodes have free is told by: kubectl describe nodes";
  }

  @Override
  public String howToEnd(State state) {
    return "kubectl delete pod -n %s %s".formatted(namespace, state.name());
  }

  @Override
  public void kill() throws IOException {
    for (Pod driver : drivers()) {
      client.pods().inNamespace(namespace).withName(driver.getMetadata().getName()).delete();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
