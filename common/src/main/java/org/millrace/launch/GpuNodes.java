package org.millrace.launch;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import org.millrace.outcome.Stop;

/** Whether a Kubernetes has nodes with as many GPUs as an executor asks for. */
final class GpuNodes {
  private static final List<String> SELECTORS =
      List.of("spark.kubernetes.node.selector.", "spark.kubernetes.executor.node.selector.");

  private GpuNodes() {}

  /**
   * Asks the API server. Who may not list nodes, or does not reach the server, learns it from the
   * wait for executors.
   *
   * @throws Stop exit 2 where no node has them
   */
  static void check(Map<String, String> properties, Sizes sizes) {
    if (sizes.gpus() == 0) {
      return;
    }
    List<Node> nodes;
    try (KubernetesApi api = KubernetesApi.of(properties)) {
      nodes = api.client().nodes().list().getItems();
    } catch (KubernetesClientException e) {
      return;
    }
    check(properties, sizes, nodes);
  }

  /** Nodes that are named by a selector may be ones that the cluster starts only when needed. */
  static void check(Map<String, String> properties, Sizes sizes, List<Node> nodes) {
    boolean selected =
        properties.keySet().stream().anyMatch(key -> SELECTORS.stream().anyMatch(key::startsWith));
    if (selected) {
      return;
    }
    String resource =
        properties.getOrDefault("spark.executor.resource.gpu.vendor", "nvidia.com") + "/gpu";
    long largest = nodes.stream().mapToLong(node -> gpus(node, resource)).max().orElse(0);
    if (largest == 0) {
      throw Stop.usage(
          "the profile asks for GPUs, and none of this cluster's %d nodes has any (%s); use"
              + " --profile cpu, or a cluster with GPUs, or, where such nodes are started when they"
              + " are needed, name them by spark.kubernetes.executor.node.selector.*",
          nodes.size(), resource);
    }
    if (sizes.gpus() > largest) {
      throw Stop.usage(
          "an executor asks for %d GPUs, and no node of this cluster has more than %d; lower"
              + " spark.executor.resource.gpu.amount",
          sizes.gpus(), largest);
    }
  }

  private static long gpus(Node node, String resource) {
    Map<String, Quantity> allocatable =
        node.getStatus() == null ? null : node.getStatus().getAllocatable();
    Quantity quantity = allocatable == null ? null : allocatable.get(resource);
    return quantity == null ? 0 : quantity.getNumericalAmount().longValue();
  }
}
