package org.millrace.job;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;
import org.millrace.report.ReportPage;
import org.millrace.report.RunJson;
import org.millrace.report.RunReport;
import org.millrace.store.Root;
import org.millrace.store.SmallFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code runs/RUN_ID/}: what happened, while it happens and when it has ended. A run ends once:
 * whoever comes second, the run itself or a signal, changes nothing.
 */
final class RunFolder {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
  private static final String RUN_JSON = "run.json";

  private final Root root;
  private final RunContext.Identity identity;
  private final String useCase;
  private final LocalDate date;
  private final String configuration;
  private final String sparkVersion;
  private final String applicationId;
  private final String master;
  private final List<JobRecorder> recorders = new CopyOnWriteArrayList<>();
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * Makes the folder and says in it that the run is running.
   *
   * @param configuration what is in force, secrets covered
   */
  RunFolder(
      Root root,
      RunContext.Identity identity,
      String useCase,
      LocalDate date,
      String configuration,
      SparkSession spark)
      throws IOException {
    this.root = root;
    this.identity = identity;
    this.useCase = useCase;
    this.date = date;
    this.configuration = configuration;
    this.sparkVersion = spark.version();
    this.applicationId = spark.sparkContext().applicationId();
    this.master = spark.sparkContext().master();
    if (root.fs().exists(new Path(path(), RUN_JSON))) {
      // Such as the second attempt of a driver: what the first one tells stays as it is.
      throw Stop.usage("run %s exists already in %s; leave --run-id out", identity.runId(), path());
    }
    root.fs().mkdirs(path());
    write("resolved.conf", (configuration + "\n").getBytes(StandardCharsets.UTF_8));
    write(RUN_JSON, RunJson.write(soFar()));
  }

  Path path() {
    return root.run(identity.runId());
  }

  void begin(JobRecorder job) {
    recorders.add(job);
  }

  /** What has happened until now. */
  RunReport soFar() {
    return report("running", Optional.empty());
  }

  /**
   * Writes the end of the run.
   *
   * @return empty if it was ended before
   */
  Optional<RunReport> end(Failure outcome) throws IOException {
    if (ended.getAndSet(true)) {
      return Optional.empty();
    }
    String status =
        switch (outcome.exitCode()) {
          case DONE -> "done";
          case CONTRACT, GATE -> "refused";
          default -> "failed";
        };
    RunReport report = report(status, Optional.of(outcome));
    write(RUN_JSON, RunJson.write(report));
    write("report.html", ReportPage.write(report, configuration));
    return Optional.of(report);
  }

  /** Says of a run that died, in its own folder, that it did; its page in HTML was never made. */
  void bury(String deadRunId) {
    Path file = new Path(root.run(deadRunId), RUN_JSON);
    FileSystem fs = root.fs();
    try {
      if (!fs.exists(file)) {
        return;
      }
      RunReport dead;
      try (InputStream stream = fs.open(file)) {
        dead = RunJson.read(stream.readAllBytes());
      }
      if (dead.status().equals("running")) {
        Failure death =
            new Failure(
                ExitCode.FAILED,
                "the run died without a word (killed, or its machine was lost); run %s found it dead and took over"
                    .formatted(identity.runId()),
                false);
        SmallFiles.replace(
            fs,
            file,
            RunJson.write(dead.ended("failed", death.exitCode().code(), death.sentence())));
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be brought to its end", file, e);
    }
  }

  private void write(String name, byte[] bytes) throws IOException {
    SmallFiles.replace(root.fs(), new Path(path(), name), bytes);
  }

  private RunReport report(String status, Optional<Failure> end) {
    return new RunReport(
        RunReport.FORMAT,
        identity.runId(),
        useCase,
        date.toString(),
        status,
        end.map(f -> f.exitCode().code()),
        end.map(Failure::sentence).orElse(""),
        identity.startedAt(),
        end.map(f -> Instant.now()),
        root.path().toString(),
        identity.codeVersion(),
        sparkVersion,
        System.getProperty("java.version"),
        applicationId,
        master,
        hostName(),
        System.getProperty("user.name"),
        identity.configurationHash(),
        recorders.stream().map(JobRecorder::report).toList());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }
}
