package org.millrace.risk;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.millrace.config.Check;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.model.ModelVersion;
import org.millrace.outcome.Stop;
import org.millrace.risk.drift.Baseline;
import org.millrace.risk.drift.DriftConfig;
import org.millrace.table.CheckedTable;
import org.millrace.table.InternalRows;
import org.millrace.table.RowCounts;
import org.millrace.table.TableRef;

/** Measures how far a table, and what a model says of it, has drifted from the model's training. */
public final class Drift implements Job<Drift.Config> {
  private static final int DISTRIBUTIONS = 6;

  /**
   * The keys; defaults and meanings are in {@code reference.conf}.
   *
   * @param table that is published under {@code tables/}
   */
  public record Config(
      TableRef examples, Optional<String> modelVersion, String table, DriftConfig judge) {
    public Config {
      Check.that(
          table.matches("[A-Za-z0-9][A-Za-z0-9_-]*"),
          "table",
          table,
          "a name of letters, digits, - and _");
    }
  }

  @Override
  public String name() {
    return "risk.drift";
  }

  @Override
  public String summary() {
    return "measure how far a table and its scores have drifted from what a model was trained on";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "examples: a contract of yours with the columns that the model's features are made of",
        "a model of kind " + RiskModel.KIND);
  }

  @Override
  public List<String> outputs() {
    return List.of("tables/TABLE: " + DriftTable.CONTRACT);
  }

  @Override
  public List<NamedTable> tables(Config c) {
    return List.of(new NamedTable("examples", c.examples(), List.of()));
  }

  @Override
  public void run(Run run, Config c) {
    ModelVersion version = run.loadModel(RiskModel.KIND, c.modelVersion());
    RiskModel model = RiskFiles.read(version.path(), run.spark().sessionState().newHadoopConf());
    Baseline baseline =
        BaselineFile.read(version.path(), run.spark().sessionState().newHadoopConf())
            .orElseThrow(
                () ->
                    Stop.usage(
                        "model %s has no baseline to hold rows against; train it again, or name a"
                            + " newer one in risk.drift.model-version",
                        version.version()));
    NamedTable table = tables(c).get(0);
    CheckedTable input = model.timeSeries().isPresent() ? run.read(table) : run.stream(table);
    Score.requireColumns(input, model, version);
    DriftCheck check;
    try (RowsToScore asked = RowsToScore.of(run, input, model, ScoredPart.ALL)) {
      check = compared(run, c, version, model, baseline, asked.rows());
    }
    input.enforce();
    check.tell(run, DISTRIBUTIONS);
    publish(run, c, version, check);
    check.enforce("tables/%s tells all of it".formatted(c.table()), "risk.drift.judge.action");
  }

  private static DriftCheck compared(
      Run run,
      Config c,
      ModelVersion version,
      RiskModel model,
      Baseline baseline,
      Dataset<Row> rows) {
    DriftCheck check =
        new DriftCheck(
            run.spark().sparkContext(),
            c.judge(),
            version,
            baseline,
            rows.schema(),
            ScoreSchema.of(model.label().task(), rows.schema(), List.of()));
    run.step(
        "compare rows",
        () -> {
          InternalRows.of(Score.scored(rows, List.of(), model, Optional.empty(), check))
              .foreachPartition(Drift::consume);
          return null;
        });
    return check;
  }

  private static void consume(Iterator<InternalRow> rows) {
    while (rows.hasNext()) {
      rows.next();
    }
  }

  private static void publish(Run run, Config c, ModelVersion version, DriftCheck check) {
    DriftTable table =
        new DriftTable(c.judge(), version.version())
            .add("feature", check.features().drifts())
            .add("score", check.scores().drifts());
    run.publishTable(
        c.table(),
        DriftTable.CONTRACT,
        table.dataset(run.spark()),
        written -> new RowCounts("column", table.size(), written.get().count(), 0));
  }
}
