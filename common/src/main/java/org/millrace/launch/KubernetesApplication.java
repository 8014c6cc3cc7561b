package org.millrace.launch;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
  private final KubernetesApi api;
  private final RunName run;
  private final RunSecret secret;
  private String seen = "";
  private boolean runs;

  KubernetesApplication(KubernetesApi api, RunName run) {
    this.api = api;
    this.run = run;
    this.secret = new RunSecret(api, run);
  }

  private List<Pod> drivers() throws IOException {
    try {
      return api.client()
          .pods()
          .inNamespace(api.namespace())
          .withLabels(Map.of(Kubernetes.LABEL, run.stamp(), "spark-role", "driver"))
          .list()
          .getItems();
    } catch (KubernetesClientException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public State state() throws IOException {
    State state = seenNow();
    runs = state.phase() == Phase.WAITING || state.phase() == Phase.RUNNING;
    return state;
  }

  private State seenNow() throws IOException {
    List<Pod> drivers = drivers();
    if (!drivers.isEmpty()) {
      Pod driver = drivers.get(0);
      if (seen.isEmpty()) {
        secret.giveTo(driver);
      }
      seen = driver.getMetadata().getName();
      return stateOf(driver);
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
    return "kubectl delete pod -n %s %s".formatted(api.namespace(), state.name());
  }

  @Override
  public void kill() throws IOException {
    for (Pod driver : drivers()) {
      api.client()
          .pods()
          .inNamespace(api.namespace())
          .withName(driver.getMetadata().getName())
          .delete();
    }
    runs = false;
  }

  /** Nobody reads the secret again, unless the driver goes on. */
  @Override
  public void close() {
    if (!runs) {
      secret.remove();
    }
    api.close();
  }
}
