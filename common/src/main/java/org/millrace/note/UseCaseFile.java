package org.millrace.note;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.millrace.cli.InputContracts;
import org.millrace.cli.UseCaseOptions;
import org.millrace.config.Layers;
import org.millrace.job.Jobs;
import org.millrace.job.RunName;
import org.millrace.job.Runner;
import org.millrace.outcome.Stop;
import org.millrace.table.Contracts;

/**
 * A use case, run from a notebook or any other program that has Spark already: the same steps,
 * locks and reports as on the command line, in the Spark that is there, which lives on.
 *
 * <pre>
 * val run = UseCaseFile.of("conf/use-cases/movies.conf").root(root).set("recommend.top-k.k", "3").run(spark)
 * run.metrics()
 * run.rows().show()
 * </pre>
 *
 * <p>Immutable: each method gives a new one. A wrong configuration throws a {@link Stop} with the
 * command line's sentences; how a run ended is in {@link NoteRun#exitCode}.
 */
public record UseCaseFile(
    Path file,
    Optional<String> root,
    List<String> sets,
    List<String> steps,
    Optional<LocalDate> date) {

  /** The file, on the machine of the driver. */
  public static UseCaseFile of(String file) {
    return new UseCaseFile(Path.of(file), Optional.empty(), List.of(), List.of(), Optional.empty());
  }

  /** Publishes under this folder instead of the one in the configuration. */
  public UseCaseFile root(String folder) {
    return new UseCaseFile(file, Optional.of(folder), sets, steps, date);
  }

  /** Sets a key over the file, as {@code --set key=value} does. */
  public UseCaseFile set(String key, String value) {
    return new UseCaseFile(file, root, added(sets, key + "=" + value), steps, date);
  }

  /** Runs this step only; may be repeated. */
  public UseCaseFile step(String job) {
    return new UseCaseFile(file, root, sets, added(steps, job), date);
  }

  /** The date of the partitions, as YYYY-MM-DD; today (UTC) by default. */
  public UseCaseFile date(String day) {
    return new UseCaseFile(file, root, sets, steps, Optional.of(LocalDate.parse(day)));
  }

  private static List<String> added(List<String> list, String one) {
    List<String> more = new ArrayList<>(list);
    more.add(one);
    return List.copyOf(more);
  }

  /**
   * Runs it.
   *
   * @param spark is used, and goes on to live; the run has SQL settings of its own
   * @throws Stop exit 2 where the configuration is wrong
   */
  public NoteRun run(SparkSession spark) {
    Layers layers = Layers.read(file, Optional.empty(), sets, root);
    Jobs.Bound bound = Jobs.onClasspath().bind(layers, steps);
    Contracts contracts = UseCaseOptions.contracts(bound);
    InputContracts.check(bound, contracts);
    LocalDate day = date.orElseGet(() -> LocalDate.now(ZoneOffset.UTC));
    RunName name = RunName.next(bound.settings().useCase());
    String runId = new Runner(bound, contracts, day, name, System.out).runIn(spark);
    return NoteRun.open(spark, bound.settings().root(), runId);
  }
}
