package org.millrace.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.millrace.outcome.Stop;

/** Where the driver and the executors of a run are started. */
sealed interface Target permits OneMachine, Yarn, Kubernetes {

  /** By {@code spark.master} and {@code spark.submit.deployMode}. */
  static Target of(Map<String, String> properties) {
    String master = properties.getOrDefault("spark.master", "local[*]");
    boolean cluster = "cluster".equals(properties.get("spark.submit.deployMode"));
    if (master.equals("yarn")) {
      return new Yarn(cluster);
    } else if (master.startsWith("k8s:")) {
      return new Kubernetes(cluster);
    }
    return new OneMachine();
  }

  /**
   * Sees what can be seen before anything starts.
   *
   * @throws Stop exit 2, or 1 where the cluster cannot be reached
   */
  void check(Request request);

  /**
   * The line that this cluster needs.
   *
   * @param staged the folder where {@link #stage} puts what goes with it
   */
  SubmitLine line(Request request, Path staged);

  /** Writes what goes with the line. */
  default void stage(Request request, Path staged) throws IOException {}

  /** What else a dry run shows; empty for nothing. */
  default String manifest(Request request) {
    return "";
  }

  /** How the launcher looks after the run; without it spark-submit's end is the run's. */
  default Watch watch() {
    return Watch.NONE;
  }

  /** How a run is looked after. */
  enum Watch {
    NONE,
    /** Until spark-submit, which is the driver, ends: only for how long it waits for its place. */
    START,
    /** Until it has ended on the cluster. */
    END
  }

  /** Refuses a Spark that cannot submit to the cluster. */
  static void needModule(Path sparkHome, String module, String environment) {
    try (Stream<Path> jars = Files.list(sparkHome.resolve("jars"))) {
      if (jars.noneMatch(jar -> jar.getFileName().toString().startsWith(module))) {
        throw Stop.usage(
            "--env %s: the Spark in %s has no %s; set SPARK_HOME to a whole Spark 3.5 distribution"
                + " for Scala 2.12",
            environment, sparkHome, module);
      }
    } catch (IOException e) {
      throw Stop.usage("%s cannot be read: %s", sparkHome, e.getMessage()).because(e);
    }
  }
}
