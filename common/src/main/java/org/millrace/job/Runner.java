package org.millrace.job;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.millrace.config.Layers;
import org.millrace.config.Settings;
import org.millrace.model.Keys;
import org.millrace.model.ModelStore;
import org.millrace.model.SparkFileHasher;
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
    String configuration = String.join("\n", useCase.layers().lines(path -> true));
    Failure outcome = new Failure(ExitCode.DONE, "", false);
    try {
      RunFolder folder =
          new RunFolder(root, identity, settings().useCase(), date, configuration, spark);
      Interruption interruption = Interruption.watch(folder, out);
      try (RunLog log = RunLog.open(folder.path(), root.fs())) {
        out.printf("%s, %s, run %s%n", settings().useCase(), date, identity.runId());
        try (RunLock lock = lock(root, folder)) {
          runSteps(root, spark, lock, folder);
        } catch (Throwable thrown) {
          outcome = Failure.of(thrown, root.path().toString());
          sweep(root); // First, since it may be what frees the space for the rest.
          if (outcome.isBug()) {
            log.trace("the run ends with exit code " + outcome.exitCode().code(), thrown);
          }
        }
        sweep(root);
        Thread stopping = new Thread(spark::stop, "stop Spark"); // While the report is written.
        stopping.start();
        end(folder, outcome, log);
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

  /** The outcome is told also where the run's folder cannot take it. */
  private void end(RunFolder folder, Failure outcome, RunLog log) {
    Optional<RunReport> report;
    try {
      report = folder.end(outcome);
    } catch (IOException e) {
      out.printf(
          "%n%s%nrun.json and the report could not be written: %s%n",
          outcome.sentence(), e.getMessage());
      return;
    }
    if (report.isEmpty()) {
      return; // A signal ended the run, and told so.
    }
    boolean ansi = Console.isTerminal() && System.getenv("NO_COLOR") == null;
    Charset charset = ansi ? Charset.defaultCharset() : StandardCharsets.US_ASCII;
    out.println();
    out.print(RunSummary.of(report.get(), ansi, charset));
    if (outcome.isBug()) {
      out.printf("log: %s%n", log.path());
    }
  }

  private void runSteps(Root root, SparkSession spark, RunLock lock, RunFolder folder) {
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
      JobRecorder recorder = new JobRecorder(step.job().name());
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
