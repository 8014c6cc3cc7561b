package org.millrace.note;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.millrace.outcome.Stop;
import org.millrace.report.RunJson;
import org.millrace.report.RunReport;

/** A run that has ended, as a note looks at it: by {@code run.json} and what was published. */
public final class NoteRun {
  private final SparkSession spark;
  private final Path folder;
  private final RunReport report;

  private NoteRun(SparkSession spark, Path folder, RunReport report) {
    this.spark = spark;
    this.folder = folder;
    this.report = report;
  }

  /**
   * Opens a run.
   *
   * @param root where it published
   * @throws Stop exit 2 where the root has no such run
   */
  public static NoteRun open(SparkSession spark, String root, String runId) {
    Path folder = new Path(root, "runs/" + runId);
    Path file = new Path(folder, "run.json");
    try {
      return new NoteRun(spark, folder, RunJson.read(bytes(spark, file)));
    } catch (IOException e) {
      throw Stop.usage("%s is no run.json: %s", file, e.getMessage()).because(e);
    }
  }

  /**
   * Opens the newest run of a use case, however it ended.
   *
   * @throws Stop exit 2 where the root has no run of it
   */
  public static NoteRun latest(SparkSession spark, String root, String useCase) {
    Path runs = new Path(root, "runs");
    try {
      FileSystem fs = runs.getFileSystem(spark.sessionState().newHadoopConf());
      FileStatus[] found = fs.exists(runs) ? fs.listStatus(runs) : new FileStatus[0];
      return Stream.of(found)
          .map(status -> status.getPath().getName())
          // A run's name ends with the time of its start and a random part.
          .filter(name -> name.matches(Pattern.quote(useCase) + "-\\d{8}T\\d{6}Z-[0-9a-f]+"))
          .max(Comparator.naturalOrder())
          .map(runId -> open(spark, root, runId))
          .orElseThrow(() -> Stop.usage("%s has no run of %s; run it first", root, useCase));
    } catch (IOException e) {
      throw Stop.usage("%s cannot be read: %s", runs, e.getMessage()).because(e);
    }
  }

  private static byte[] bytes(SparkSession spark, Path file) {
    try (InputStream stream = file.getFileSystem(spark.sessionState().newHadoopConf()).open(file)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw Stop.usage("%s cannot be read: %s", file, e.getMessage()).because(e);
    }
  }

  /** All that {@code run.json} tells. */
  public RunReport report() {
    return report;
  }

  public String runId() {
    return report.runId();
  }

  /** 0 done; 2 configuration, 3 input, 4 gate, 1 anything else. */
  public int exitCode() {
    return report.exitCode().orElse(1);
  }

  /** The sentence that ended the run; empty when it is done. */
  public String message() {
    return report.message();
  }

  /** What the jobs measured, by {@code JOB METRIC}. */
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new TreeMap<>();
    report
        .jobs()
        .forEach(
            job -> job.metrics().forEach(m -> metrics.put(job.job() + " " + m.name(), m.value())));
    return metrics;
  }

  /** Paths of the published tables. */
  public List<String> outputs() {
    return report.jobs().stream()
        .flatMap(job -> job.outputs().stream().map(RunReport.OutputReport::path))
        .toList();
  }

  /**
   * The rows of the scored table that the run published; without one, of its first table.
   *
   * @throws Stop exit 1 where it published none, with the reason
   */
  public Dataset<Row> rows() {
    if (outputs().isEmpty()) {
      throw Stop.failed(
          "run %s published no table (exit code %d) %s", runId(), exitCode(), message());
    }
    String path = outputs().stream().filter(NoteRun::isScored).findFirst().orElse(outputs().get(0));
    return spark.read().parquet(path);
  }

  /** Whether it is {@code ROOT/scores/USE_CASE/ds=DATE}. */
  private static boolean isScored(String path) {
    return new Path(path).getParent().getParent().getName().equals("scores");
  }

  /** The report as a page, for {@code %html}. */
  public String html() {
    return new String(bytes(spark, new Path(folder, "report.html")), StandardCharsets.UTF_8);
  }
}
