package org.millrace.job;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.millrace.config.Layers;
import org.millrace.config.Settings;
import org.millrace.model.Keys;
import org.millrace.model.ModelStore;
import org.millrace.model.SparkFileHasher;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;
import org.millrace.report.ReportPage;
import org.millrace.report.RunJson;
import org.millrace.report.RunReport;
import org.millrace.report.RunSummary;
import org.millrace.store.Root;
import org.millrace.store.RunLock;
import org.millrace.store.SmallFiles;
import org.millrace.store.Swap;
import org.millrace.table.CheckedTable;
import org.millrace.table.Contracts;
import org.millrace.table.TableReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the steps of a use case and leaves {@code runs/RUN_ID/} with {@code run.json}, {@code
 * report.html}, {@code resolved.conf} and the log, however the run ends.
 */
public final class Runner {
  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Jobs.Bound useCase;
  private final Contracts contracts;
  private final LocalDate date;
  private final PrintStream out;
  private final List<JobRecorder> recorders = new ArrayList<>();
  private final RunContext.Identity identity;

  public Runner(Jobs.Bound useCase, Contracts contracts, LocalDate date, PrintStream out) {
    this.useCase = useCase;
    this.contracts = contracts;
    this.date = date;
    this.out = out;
    Instant now = Instant.now();
    byte[] random = new byte[3];
    new SecureRandom().nextBytes(random);
    String stamp = STAMP.format(now) + "-" + HexFormat.of().formatHex(random);
    Layers layers = useCase.layers();
    this.identity =
        new RunContext.Identity(
            settings().useCase() + "-" + stamp,
            stamp,
            now,
            Version.ofCode(),
            layers.hash(),
            layers.shown());
  }

  private Settings settings() {
    return useCase.settings();
  }

  /** Runs all steps; the outcome is printed and written, never thrown. */
  public ExitCode run() {
    SparkSession spark = Session.open(settings());
    try {
      Root root = Root.open(settings().root(), spark.sessionState().newHadoopConf());
      return runUnder(root, spark);
    } finally {
      spark.stop();
    }
  }

  private ExitCode runUnder(Root root, SparkSession spark) {
    Path folder = root.run(identity.runId());
    FileSystem fs = root.fs();
    Failure failure = null;
    try (RunLog log = openLog(folder, fs)) {
      out.printf("%s, %s, run %s%n", settings().useCase(), date, identity.runId());
      writeReport(root, spark, "running", Optional.empty());
      try (RunLock lock =
          RunLock.take(
              root,
              "use-cases/%s/ds=%s".formatted(settings().useCase(), date),
              identity.runId(),
              new Swap(root)::mend)) {
        runSteps(root, spark, lock);
      } catch (Throwable thrown) {
        failure = Failure.of(thrown, root.path().toString());
        if (failure.isBug()) {
          log.trace("the run ends with exit code " + failure.exitCode().code(), thrown);
        }
      }
      sweep(root);
      RunReport report =
          writeReport(
              root,
              spark,
              failure == null ? "done" : isRefusal(failure) ? "refused" : "failed",
              Optional.of(failure == null ? new Failure(ExitCode.DONE, "", false) : failure));
      boolean ansi = Console.isTerminal() && System.getenv("NO_COLOR") == null;
      Charset charset = ansi ? Charset.defaultCharset() : StandardCharsets.US_ASCII;
      out.println();
      out.print(RunSummary.of(report, ansi, charset));
      if (failure != null && failure.isBug()) {
        out.printf("log: %s%n", log.path());
      }
      return failure == null ? ExitCode.DONE : failure.exitCode();
    } catch (IOException e) {
      throw Stop.failed("the run's folder %s cannot be written: %s", folder, e.getMessage())
          .because(e);
    }
  }

  private static boolean isRefusal(Failure failure) {
    return failure.exitCode() == ExitCode.CONTRACT || failure.exitCode() == ExitCode.GATE;
  }

  private RunLog openLog(Path folder, FileSystem fs) throws IOException {
    fs.mkdirs(folder);
    RunLog log = RunLog.open(folder, fs);
    List<String> lines = useCase.layers().lines(path -> true);
    write(
        fs,
        new Path(folder, "resolved.conf"),
        (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    return log;
  }

  private void runSteps(Root root, SparkSession spark, RunLock lock) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    ModelStore models =
        ModelStore.open(
            root.hadoop(),
            root.path(),
            settings().useCase(),
            Keys.load(settings().models(), root.hadoop()),
            new SparkFileHasher(context));
    TableReader tables =
        new TableReader(spark, contracts, root.staging(identity.runId()), identity.runId());
    RunContext shared =
        new RunContext(
            spark, identity, settings().useCase(), date, root, lock, contracts, tables, models);
    Console console = new Console(out);
    for (Jobs.BoundJob<?> step : useCase.steps()) {
      JobRecorder recorder = new JobRecorder(step.job().name());
      recorders.add(recorder);
      runStep(step, new Run(shared, step.job().name(), recorder, console), recorder);
    }
  }

  /** Rejects are published also when the job failed: they tell why. */
  private static void runStep(Jobs.BoundJob<?> step, Run run, JobRecorder recorder) {
    boolean rejectsPublished = false;
    try {
      step.run(run);
      rejectsPublished = true;
      run.publishRejects();
      recorder.end("done");
    } catch (Throwable thrown) {
      recorder.end("failed");
      if (!rejectsPublished) {
        try {
          run.publishRejects();
        } catch (RuntimeException second) {
          thrown.addSuppressed(second);
        }
      }
      throw thrown;
    } finally {
      recorder.inputs().forEach(CheckedTable::close);
    }
  }

  private void sweep(Root root) {
    try {
      root.fs().delete(root.staging(identity.runId()), true);
    } catch (IOException e) {
      LOG.warn("{} cannot be removed", root.staging(identity.runId()), e);
    }
  }

  private RunReport writeReport(Root root, SparkSession spark, String status, Optional<Failure> end)
      throws IOException {
    RunReport report =
        new RunReport(
            RunReport.FORMAT,
            identity.runId(),
            settings().useCase(),
            date.toString(),
            status,
            end.map(f -> f.exitCode().code()),
            end.map(Failure::sentence).orElse(""),
            identity.startedAt(),
            end.map(f -> Instant.now()),
            root.path().toString(),
            identity.codeVersion(),
            spark.version(),
            System.getProperty("java.version"),
            spark.sparkContext().applicationId(),
            spark.sparkContext().master(),
            hostName(),
            System.getProperty("user.name"),
            identity.configurationHash(),
            recorders.stream().map(JobRecorder::report).toList());
    Path folder = root.run(identity.runId());
    FileSystem fs = root.fs();
    write(fs, new Path(folder, "run.json"), RunJson.write(report));
    if (end.isPresent()) {
      String configuration = String.join("\n", useCase.layers().lines(path -> true));
      write(fs, new Path(folder, "report.html"), ReportPage.write(report, configuration));
    }
    return report;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }

  private static void write(FileSystem fs, Path path, byte[] bytes) throws IOException {
    SmallFiles.write(fs, path, bytes, true);
  }
}
