package org.millrace.job;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.millrace.config.Layers;
import org.millrace.config.Observe;
import org.millrace.config.Settings;
import org.millrace.model.Keys;
import org.millrace.model.ModelStore;
import org.millrace.model.SparkFileHasher;
import org.millrace.observe.JsonLogs;
import org.millrace.observe.SparkProperties;
import org.millrace.observe.Watchers;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;
import org.millrace.report.RunReport;
import org.millrace.report.RunSummary;
import org.millrace.store.Root;
import org.millrace.store.RunLock;
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

  private final Jobs.Bound useCase;
  private final Contracts contracts;
  private final LocalDate date;
  private final PrintStream out;
  private final RunContext.Identity identity;

  /** A run of that name, of which there must be none yet. */
  public Runner(
      Jobs.Bound useCase, Contracts contracts, LocalDate date, RunName name, PrintStream out) {
    this.useCase = useCase;
    this.contracts = contracts;
    this.date = date;
    this.out = out;
    Layers layers = useCase.layers();
    this.identity =
        new RunContext.Identity(
            name.id(),
            name.stamp(),
            Instant.now(),
            Version.ofCode(),
            layers.hash(),
            layers.shown());
  }

  private Settings settings() {
    return useCase.settings();
  }

  private String runId() {
    return identity.runId();
  }

  /** Runs all steps on a Spark of its own; the outcome is printed and written, never thrown. */
  public ExitCode run() {
    Observe observe = settings().observe();
    String useCase = settings().useCase();
    boolean json = observe.logs() == Observe.Logs.JSON;
    Runnable words = json ? JsonLogs.onConsole(runId(), useCase) : () -> {};
    try {
      Map<String, String> observed =
          SparkProperties.of(observe, useCase, runId(), Session.given(settings()));
      SparkSession spark = Session.open(settings(), observed);
      try {
        return runUnder(spark, spark::stop);
      } finally {
        spark.stop();
      }
    } finally {
      words.run();
    }
  }

  /**
   * The same on a Spark that somebody else has started and goes on using, such as a notebook's:
   * with SQL settings of its own, and what only a new Spark could take from the configuration left
   * out, which is printed.
   *
   * @return names the run; how it ended, its {@code run.json} tells
   */
  public String runIn(SparkSession session) {
    ExitCode ended = runUnder(Session.beside(session, settings(), out), () -> {});
    LOG.info("run {} ended with exit code {}", runId(), ended.code());
    return runId();
  }

  /**
   * @param release gives Spark back, while the report is written
   */
  private ExitCode runUnder(SparkSession spark, Runnable release) {
    Root root = Root.open(settings().root(), spark.sessionState().newHadoopConf());
    String configuration = String.join("\n", useCase.layers().lines(path -> true));
    Failure outcome = new Failure(ExitCode.DONE, "", false);
    try {
      RunFolder folder =
          new RunFolder(root, identity, settings().useCase(), date, configuration, spark);
      Interruption interruption = Interruption.watch(folder, out);
      Watchers watchers = Watchers.of(settings().observe(), identity.configuration(), out);
      try (RunLog log = RunLog.open(folder.path(), root.fs(), this::layout)) {
        out.printf("%s, %s, run %s%n", settings().useCase(), date, identity.runId());
        try (RunLock lock = lock(root, folder)) {
          runSteps(root, spark, lock, folder, watchers);
        } catch (Throwable thrown) {
          outcome = Failure.of(thrown, root.path().toString());
          sweep(root); // First, since it may be what frees the space for the rest.
          if (outcome.isBug()) {
            log.trace("the run ends with exit code " + outcome.exitCode().code(), thrown);
          }
        }
        sweep(root);
        Thread stopping = new Thread(release, "release Spark"); // While the report is written.
        stopping.start();
        end(folder, outcome, log).ifPresent(watchers::ended);
        stopping.join();
      } finally {
        interruption.forget();
      }
      return outcome.exitCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Spark is stopped by the caller, once more or first.
      return outcome.exitCode();
    } catch (IOException e) {
      throw Stop.failed(
              "the run's folder %s cannot be written: %s",
              root.run(identity.runId()), e.getMessage())
          .because(e);
    }
  }

  private StringLayout layout(Configuration logging) {
    return switch (settings().observe().logs()) {
      case TEXT -> RunLog.text(logging);
      case JSON -> JsonLogs.layout(logging, runId(), settings().useCase());
    };
  }

  /**
   * Of dead runs whose lock is taken over, what they left half-done is mended and their end is
   * told.
   */
  private RunLock lock(Root root, RunFolder folder) {
    String what = "use-cases/%s/ds=%s".formatted(settings().useCase(), date);
    Swap swap = new Swap(root);
    return RunLock.take(
        root,
        what,
        identity.runId(),
        deadRun -> {
          swap.mend(deadRun);
          folder.bury(deadRun);
        });
  }

  /**
   * The outcome is told also where the run's folder cannot take it.
   *
   * @return empty where a signal has ended the run, or nothing could be written
   */
  private Optional<RunReport> end(RunFolder folder, Failure outcome, RunLog log) {
    Optional<RunReport> report;
    try {
      report = folder.end(outcome);
    } catch (IOException e) {
      out.printf(
          "%n%s%nrun.json and the report could not be written: %s%n",
          outcome.sentence(), e.getMessage());
      return Optional.empty();
    }
    if (report.isEmpty()) {
      return report; // A signal ended the run, and told so.
    }
    boolean ansi = Console.isTerminal() && System.getenv("NO_COLOR") == null;
    Charset charset = ansi ? Charset.defaultCharset() : StandardCharsets.US_ASCII;
    out.println();
    out.print(RunSummary.of(report.get(), ansi, charset));
    if (outcome.isBug()) {
      out.printf("log: %s%n", log.path());
    }
    return report;
  }

  private void runSteps(
      Root root, SparkSession spark, RunLock lock, RunFolder folder, Watchers watchers) {
    FirstExecutor.await(spark.sparkContext(), settings().startWithin());
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
    Prospect prospect = new Prospect(spark, contracts, models);
    Console console = new Console(out);
    for (Jobs.BoundJob<?> step : useCase.steps()) {
      JobRecorder recorder =
          new JobRecorder(step.job().name(), () -> watchers.progressed(folder::soFar));
      folder.begin(recorder);
      Run run = new Run(shared, step.job().name(), recorder, console);
      runStep(step, prospect, run, recorder);
    }
  }

  /** Rejects are published also when the job failed: they tell why. */
  private static void runStep(
      Jobs.BoundJob<?> step, Prospect prospect, Run run, JobRecorder recorder) {
    boolean rejectsPublished = false;
    try {
      step.check(prospect);
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
      run.forgetResumableIfEmpty();
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
}
