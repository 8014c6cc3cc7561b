package org.millrace.launch;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.millrace.job.RunName;

/**
 * What the process that looks after a run has to know.
 *
 * @param runId the run's folder below {@code root}
 * @param stamp the run's stamp
 * @param properties all of Spark's, for the cluster and the root's file system
 * @param driverElsewhere whether the run goes on after spark-submit has ended
 * @param startWithinSeconds patience for the driver's place
 * @param command spark-submit
 */
record Order(
    String runId,
    String stamp,
    String root,
    Map<String, String> properties,
    boolean driverElsewhere,
    long startWithinSeconds,
    List<String> command) {
  private static final String FILE = "order.json";

  RunName run() {
    return new RunName(runId, stamp);
  }

  /** Into a folder that only its user can read: properties may be secrets. */
  void write(Path folder) throws IOException {
    new ObjectMapper().writeValue(folder.resolve(FILE).toFile(), this);
  }

  static Order read(Path folder) throws IOException {
    return new ObjectMapper().readValue(Files.readAllBytes(folder.resolve(FILE)), Order.class);
  }
}
