package org.millrace.launch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.yarn.api.records.NodeId;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.Resource;
import org.junit.jupiter.api.Test;
import org.millrace.outcome.Stop;

/** {@code --profile gpu} where there are no GPUs, or too few. */
class GpusTest {
  private static final Map<String, String> PROFILE =
      Map.of(
          "spark.executor.resource.gpu.amount",
          "2",
          "spark.task.resource.gpu.amount",
          "1",
          "spark.executor.cores",
          "2");

  private static Node node(int gpus) {
    NodeBuilder node = new NodeBuilder().withNewStatus().endStatus();
    return gpus == 0
        ? node.build()
        : node.editStatus()
            .addToAllocatable("nvidia.com/gpu", new Quantity(String.valueOf(gpus)))
            .endStatus()
            .build();
  }

  private static void onKubernetes(Map<String, String> properties, int... gpus) {
    List<Node> nodes = java.util.Arrays.stream(gpus).mapToObj(GpusTest::node).toList();
    GpuNodes.check(properties, Sizes.of(PROFILE), nodes);
  }

  @Test
  void nodesOfKubernetesWithoutEnoughOfThemAreTold() {
    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> onKubernetes(PROFILE, 0, 0))
        .withMessageContaining("none of this cluster's 2 nodes has any (nvidia.com/gpu)");
    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> onKubernetes(PROFILE, 1, 0))
        .withMessageContaining("asks for 2 GPUs, and no node of this cluster has more than 1");
    assertThatCode(() -> onKubernetes(PROFILE, 0, 2)).doesNotThrowAnyException();
  }

  @Test
  void nodesThatMayComeLaterAreNotCounted() {
    Map<String, String> named =
        Map.of("spark.kubernetes.executor.node.selector.accelerator", "nvidia-l4");

    assertThatCode(() -> onKubernetes(named, 0)).doesNotThrowAnyException();
  }

  @Test
  void aYarnWithoutThemIsTold() {
    NodeReport node =
        NodeReport.newInstance(
            NodeId.newInstance("n", 1),
            NodeState.RUNNING,
            "n:2",
            "/r",
            null,
            Resource.newInstance(64_000, 16),
            0,
            "",
            0);

    assertThatExceptionOfType(Stop.class)
        .isThrownBy(() -> YarnCluster.checkGpus(Sizes.of(PROFILE), List.of(node)))
        .withMessageContaining("no node of this cluster has any (yarn.io/gpu)")
        .withMessageContaining("--profile cpu");
  }
}
