package org.millrace.launch;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.yarn.api.records.NodeReport;
import org.apache.hadoop.yarn.api.records.NodeState;
import org.apache.hadoop.yarn.api.records.QueueInfo;
import org.apache.hadoop.yarn.api.records.QueueState;
import org.apache.hadoop.yarn.api.records.Resource;
import org.apache.hadoop.yarn.api.records.ResourceInformation;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.millrace.outcome.Stop;

/** What a YARN has, asked of its resource manager. */
record YarnCluster(YarnClient client, String address) implements AutoCloseable {
  private static final String GPU = ResourceInformation.GPU_URI;

  /** Hadoop would try for a quarter of an hour. */
  private static final int CONNECT_SECONDS = 20;

  /** Connects lazily: the first question finds out whether there is anybody. */
  static YarnCluster connect(Configuration hadoop) {
    YarnConfiguration yarn = new YarnConfiguration(hadoop);
    yarn.setInt(YarnConfiguration.RESOURCEMANAGER_CONNECT_MAX_WAIT_MS, CONNECT_SECONDS * 1000);
    yarn.setInt(YarnConfiguration.RESOURCEMANAGER_CONNECT_RETRY_INTERVAL_MS, 2000);
    yarn.setInt("ipc.client.connect.max.retries", 1);
    YarnClient client = YarnClient.createYarnClient();
    client.init(yarn);
    client.start();
    return new YarnCluster(client, yarn.get(YarnConfiguration.RM_ADDRESS, "unknown"));
  }

  /**
   * Sees that the queue is there and that an executor and the driver fit the cluster at all.
   *
   * @throws Stop exit 2, or 1 where nobody answers
   */
  void check(Sizes sizes, String queue) {
    try {
      Resource most =
          client.createApplication().getNewApplicationResponse().getMaximumResourceCapability();
      checkQueue(queue);
      if (sizes.gpus() > 0) {
        checkGpus(sizes, client.getNodeReports(NodeState.RUNNING));
      }
      fits("an executor", sizes.executorMib(), "spark.executor.memory and memoryOverhead", most);
      fits("the driver", sizes.driverMib(), "spark.driver.memory and memoryOverhead", most);
      if (sizes.cores() > most.getVirtualCores()) {
        throw Stop.usage(
            "an executor asks for %d cores, and this cluster gives a container %d at most; lower"
                + " spark.executor.cores",
            sizes.cores(), most.getVirtualCores());
      }
    } catch (YarnException | IOException e) {
      throw Stop.failed(
              "the resource manager %s cannot be asked: %s; see whether it runs, and whether"
                  + " HADOOP_CONF_DIR is the right cluster's",
              address, e.getMessage())
          .because(e);
    }
  }

  private static void fits(String who, long mib, String keys, Resource most) {
    if (mib > most.getMemorySize()) {
      throw Stop.usage(
          "%s asks for %d MiB, and this cluster gives a container %d MiB at most; lower %s",
          who, mib, most.getMemorySize(), keys);
    }
  }

  private void checkQueue(String queue) throws YarnException, IOException {
    Optional<QueueInfo> found;
    try {
      found = Optional.ofNullable(client.getQueueInfo(queue));
    } catch (YarnException | IOException e) {
      found = Optional.empty();
    }
    if (found.isEmpty()) {
      List<String> known =
          client.getAllQueues().stream()
              .map(QueueInfo::getQueueName)
              .filter(name -> !name.equals("root"))
              .sorted()
              .toList();
      throw Stop.usage(
          "spark.yarn.queue is %s, and this cluster has no such queue; accepted: %s",
          queue, String.join(", ", known));
    }
    if (found.get().getQueueState() != QueueState.RUNNING) {
      throw Stop.usage(
          "spark.yarn.queue is %s, and that queue takes no applications now (%s); name another",
          queue, found.get().getQueueState());
    }
  }

  static void checkGpus(Sizes sizes, List<NodeReport> nodes) {
    long largest = 0;
    for (NodeReport node : nodes) {
      for (ResourceInformation resource : node.getCapability().getResources()) {
        if (resource.getName().equals(GPU)) {
          largest = Math.max(largest, resource.getValue());
        }
      }
    }
    if (largest == 0) {
      throw Stop.usage(
          "the profile asks for GPUs, and no node of this cluster has any (%s); use --profile cpu,"
              + " or a cluster with GPUs",
          GPU);
    }
    if (sizes.gpus() > largest) {
      throw Stop.usage(
          "an executor asks for %d GPUs, and no node of this cluster has more than %d; lower"
              + " spark.executor.resource.gpu.amount",
          sizes.gpus(), largest);
    }
  }

  /** What is free, for somebody whose application does not get its place. */
  String free() {
    try {
      List<NodeReport> nodes = client.getNodeReports(NodeState.RUNNING);
      Optional<NodeReport> freest =
          nodes.stream().max(Comparator.comparingLong(YarnCluster::freeMib));
      return freest
          .map(
              node ->
                  "of %d node(s) the freest has %d MiB and %d cores free"
                      .formatted(nodes.size(), freeMib(node), freeCores(node)))
          .orElse("the cluster has no running node");
    } catch (YarnException | IOException e) {
      return "what is free cannot be told: " + e.getMessage();
    }
  }

  private static long freeMib(NodeReport node) {
    long used = node.getUsed() == null ? 0 : node.getUsed().getMemorySize();
    return node.getCapability().getMemorySize() - used;
  }

  private static int freeCores(NodeReport node) {
    int used = node.getUsed() == null ? 0 : node.getUsed().getVirtualCores();
    return node.getCapability().getVirtualCores() - used;
  }

  @Override
  public void close() {
    client.stop();
  }
}
