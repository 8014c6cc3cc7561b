package org.millrace.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * An HDFS and a YARN with two nodes in this process, and the folder of their configuration. Each
 * node believes to have a GPU.
 */
final class Cluster implements AutoCloseable {
  static final int NODE_MIB = 6144;

  private static final int NODES = 2;

  private final MiniDFSCluster hdfs;
  private final MiniYARNCluster yarn;
  private final Path folder;

  private Cluster(MiniDFSCluster hdfs, MiniYARNCluster yarn, Path folder) {
    this.hdfs = hdfs;
    this.yarn = yarn;
    this.folder = folder;
  }

  static Cluster start(Path folder) throws IOException {
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    conf.set("dfs.replication", "1");
    MiniDFSCluster hdfs = new MiniDFSCluster.Builder(conf).numDataNodes(1).build();
    hdfs.waitActive();
    YarnConfiguration settings = settings(hdfs.getFileSystem().getUri().toString(), folder);
    MiniYARNCluster yarn = new MiniYARNCluster("millrace", NODES, 1, 1);
    yarn.init(settings);
    yarn.start();
    Cluster cluster = new Cluster(hdfs, yarn, folder);
    cluster.writeConfiguration();
    return cluster;
  }

  private static YarnConfiguration settings(String hdfs, Path folder) throws IOException {
    YarnConfiguration conf = new YarnConfiguration();
    conf.set("fs.defaultFS", hdfs);
    conf.set("dfs.replication", "1");
    conf.set("yarn.app.mapreduce.am.staging-dir", "/tmp/staging");
    conf.set("yarn.minicluster.yarn.nodemanager.resource.memory-mb", String.valueOf(NODE_MIB));
    conf.set("yarn.nodemanager.resource.memory-mb", String.valueOf(NODE_MIB));
    conf.set("yarn.nodemanager.resource.cpu-vcores", "8");
    conf.set("yarn.scheduler.minimum-allocation-mb", "128");
    // Containers are given when a node tells of itself; it does so once a second otherwise.
    conf.set("yarn.resourcemanager.nodemanagers.heartbeat-interval-ms", "100");
    conf.set("yarn.scheduler.maximum-allocation-mb", String.valueOf(NODE_MIB));
    conf.set("yarn.scheduler.maximum-allocation-vcores", "8");
    conf.set("yarn.nodemanager.vmem-check-enabled", "false");
    conf.set("yarn.nodemanager.pmem-check-enabled", "false");
    conf.set("yarn.log-aggregation-enable", "false");
    conf.set("yarn.nodemanager.disk-health-checker.enable", "false");
    conf.set("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99");
    conf.set("yarn.resource-types", "yarn.io/gpu");
    conf.set("yarn.resource-types.yarn.io/gpu.maximum-allocation", "4");
    conf.set("yarn.nodemanager.resource-type.yarn.io/gpu", "1");
    conf.set(
        "yarn.scheduler.capacity.resource-calculator",
        "org.apache.hadoop.yarn.util.resource.DominantResourceCalculator");
    conf.set("yarn.scheduler.capacity.root.queues", "default,small,closed");
    conf.set("yarn.scheduler.capacity.root.default.capacity", "80");
    // Of two nodes: room for a small driver, and none for an executor beside it.
    conf.set("yarn.scheduler.capacity.root.small.capacity", "20");
    conf.set("yarn.scheduler.capacity.root.small.maximum-capacity", "20");
    conf.set("yarn.scheduler.capacity.root.closed.capacity", "0");
    conf.set("yarn.scheduler.capacity.root.closed.state", "STOPPED");
    conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.9");
    conf.set("yarn.scheduler.capacity.root.default.maximum-am-resource-percent", "0.9");
    conf.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
    return conf;
  }

  /** What HADOOP_CONF_DIR names. */
  Path configuration() {
    return folder.resolve("hadoop-conf");
  }

  private void writeConfiguration() throws IOException {
    Files.createDirectories(configuration());
    Configuration all = yarn.getConfig();
    for (String file : new String[] {"core-site.xml", "hdfs-site.xml", "yarn-site.xml"}) {
      try (OutputStream out = Files.newOutputStream(configuration().resolve(file))) {
        all.writeXml(out);
      }
    }
  }

  Configuration hadoop() {
    return yarn.getConfig();
  }

  FileSystem fs() throws IOException {
    return hdfs.getFileSystem();
  }

  /** How many were ever submitted, or asked to be. */
  int applications() {
    return yarn.getResourceManager().getRMContext().getRMApps().size();
  }

  String uri() throws IOException {
    return fs().getUri().toString();
  }

  /** What prints made-up addresses of GPUs: a different one on each node is not to be had here. */
  Path gpuAddresses() throws IOException {
    Path script = folder.resolve("made-up-gpu");
    if (!Files.exists(script)) {
      Files.writeString(script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\"]}'\n");
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return script;
  }

  @Override
  public void close() {
    yarn.stop();
    hdfs.shutdown();
  }
}
