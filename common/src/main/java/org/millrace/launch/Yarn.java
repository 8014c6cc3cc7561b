package org.millrace.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.job.RunName;
import org.millrace.outcome.Stop;

/**
 * Hadoop's YARN.
 *
 * @param cluster whether the driver too gets a container
 */
record Yarn(boolean cluster) implements Target {
  private static final String ARCHIVE = "staged.zip";

  /** The archive's folder in the working directory of the driver's container. */
  private static final String FOLDER = "millrace";

  private static final String DISCOVERY = "spark.executor.resource.gpu.discoveryScript";
  private static final String OWN_DISCOVERY = "submit/gpu-addresses";

  /** By which an application is found: YARN keeps tags in small letters, of 100 at most. */
  static String tag(RunName run) {
    return "millrace-" + run.stamp().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public void check(Request request) {
    Target.needModule(request.sparkHome(), "spark-yarn_", "yarn");
    needConfiguration();
    request.check();
    request.checkRoot();
    try (YarnCluster yarn = YarnCluster.connect(request.hadoop())) {
      yarn.check(request.sizes(), request.properties().getOrDefault("spark.yarn.queue", "default"));
    }
  }

  /** YARN would otherwise be looked for on this machine. */
  private static void needConfiguration() {
    for (String variable : new String[] {"HADOOP_CONF_DIR", "YARN_CONF_DIR"}) {
      String folder = System.getenv(variable);
      if (folder != null && !folder.isBlank()) {
        if (Files.isRegularFile(Path.of(folder, "yarn-site.xml"))) {
          return;
        }
        throw Stop.usage(
            "%s is %s, where there is no yarn-site.xml; set it to the folder with the cluster's"
                + " core-site.xml, hdfs-site.xml and yarn-site.xml",
            variable, folder);
      }
    }
    throw Stop.usage(
        "--env yarn: neither HADOOP_CONF_DIR nor YARN_CONF_DIR is set; set one to the folder with"
            + " the cluster's core-site.xml, hdfs-site.xml and yarn-site.xml");
  }

  @Override
  public SubmitLine line(Request request, Path staged) {
    Map<String, String> properties = new TreeMap<>(request.properties());
    append(properties, "spark.yarn.tags", tag(request.run()));
    properties.putIfAbsent("spark.executorEnv.OMP_NUM_THREADS", "1");
    if (request.sizes().gpus() > 0 && !properties.containsKey(DISCOVERY)) {
      Path script = request.home().resolve(OWN_DISCOVERY);
      append(properties, "spark.yarn.dist.files", script.toUri().toString());
      properties.put(DISCOVERY, "./" + script.getFileName());
    }
    if (!cluster) {
      return request.line().withProperties(properties).withDriverHere(request.home());
    }
    append(properties, "spark.yarn.dist.archives", staged.resolve(ARCHIVE).toUri() + "#" + FOLDER);
    properties.put("spark.yarn.submit.waitAppCompletion", "false");
    properties.putIfAbsent("spark.yarn.appMasterEnv.OMP_NUM_THREADS", "1");
    // A driver that failed would fail again, and one that was lost is told; the scheduler above
    // starts anew.
    properties.putIfAbsent("spark.yarn.maxAppAttempts", "1");
    String useCase = Staging.useCaseFile(request.useCase());
    return request
        .line()
        .withProperties(properties)
        .withArguments(request.stagedArguments(FOLDER + "/" + useCase));
  }

  private static void append(Map<String, String> properties, String key, String value) {
    properties.merge(key, value, (own, ours) -> own + "," + ours);
  }

  @Override
  public void stage(Request request, Path staged) throws IOException {
    if (cluster) {
      Staging.of(request).zipTo(staged.resolve(ARCHIVE));
    }
  }

  @Override
  public Watch watch() {
    return cluster ? Watch.END : Watch.START;
  }
}
