package org.millrace.observe;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.millrace.config.Observe;
import org.millrace.report.RunReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All who are told of a run. One of them that fails or does not answer is a warning, on the
 * terminal and in the log, and changes nothing of the run.
 */
public final class Watchers {
  private static final Logger LOG = LoggerFactory.getLogger(Watchers.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Told> all;
  private final PrintStream out;

  private record Told(Watcher watcher, Duration patience) {}

  private Watchers(List<Told> all, PrintStream out) {
    this.all = new CopyOnWriteArrayList<>(all);
    this.out = out;
  }

  /**
   * Those that the configuration names; Spark runs already.
   *
   * @param configuration the keys in force, secrets covered
   * @param out gets the warnings
   */
  public static Watchers of(Observe observe, Map<String, Object> configuration, PrintStream out) {
    List<Told> all = new ArrayList<>();
    if (observe.metrics().live()) {
      all.add(new Told(LiveMetrics.register(), PATIENCE));
    }
    observe
        .metrics()
        .textfileFolder()
        .ifPresent(folder -> all.add(new Told(new Textfile(Path.of(folder)), PATIENCE)));
    observe
        .metrics()
        .pushGateway()
        .ifPresent(url -> all.add(new Told(new PushGateway(url), PATIENCE)));
    observe
        .mlflow()
        .ifPresent(
            mlflow ->
                all.add(new Told(new MlflowTracker(mlflow, configuration), mlflow.timeout())));
    return new Watchers(all, out);
  }

  /** Tells how far the run is; whoever fails is not told again. */
  public void progressed(Supplier<RunReport> soFar) {
    if (all.isEmpty()) {
      return;
    }
    RunReport report = soFar.get();
    all.removeIf(told -> !hears(told.watcher(), report));
  }

  private boolean hears(Watcher watcher, RunReport soFar) {
    try {
      watcher.progressed(soFar);
      return true;
    } catch (RuntimeException | LinkageError e) {
      warn(watcher, e);
      return false;
    }
  }

  /** Tells the end, and waits for each no longer than it may take. */
  public void ended(RunReport report) {
    for (Told told : all) {
      FutureTask<Void> telling =
          new FutureTask<>(
              () -> {
                told.watcher().ended(report);
                return null;
              });
      Thread thread = new Thread(telling, told.watcher().name());
      thread.setDaemon(true); // One that hangs does not keep the process.
      thread.start();
      try {
        telling.get(told.patience().toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        warn(told.watcher(), e.getCause());
      } catch (TimeoutException e) {
        thread.interrupt();
        warn(
            told.watcher(),
            new TimeoutException("no answer within " + told.patience().toSeconds() + " s"));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void warn(Watcher watcher, Throwable thrown) {
    String why = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    out.printf(
        "warning: %s was not told of this run: %s%n",
        watcher.name(), why.lines().findFirst().orElse(""));
    LOG.warn("{} was not told of this run", watcher.name(), thrown);
  }
}
