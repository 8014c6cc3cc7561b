package org.millrace.risk;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.model.ModelVersion;
import org.millrace.outcome.Stop;
import org.millrace.risk.drift.Baseline;
import org.millrace.risk.drift.DriftConfig;
import org.millrace.risk.drift.Watch;
import org.millrace.risk.explain.Explainer;
import org.millrace.risk.explain.Reasons;
import org.millrace.risk.model.Task;
import org.millrace.table.CheckedTable;
import org.millrace.table.Contract;
import org.millrace.table.InternalRows;
import org.millrace.table.RowCounts;
import org.millrace.table.TableRef;

/** Scores a table with a model: every row in one pass. */
public final class Score implements Job<Score.Config> {
  private static final int DISTRIBUTIONS = 2;

  /**
   * The keys; defaults and meanings are in {@code reference.conf}.
   *
   * @param keep columns of the examples that the scores carry; empty for the contract's key
   * @param rows which are scored
   */
  public record Config(
      TableRef examples,
      Optional<String> modelVersion,
      List<String> keep,
      ScoredPart rows,
      Reasons reasons,
      DriftConfig drift) {
    public Config {
      keep = List.copyOf(keep);
    }
  }

  @Override
  public String name() {
    return "risk.score";
  }

  @Override
  public String summary() {
    return "score a table with a model of risk.train: probabilities or values, with reasons; tells"
        + " drift";
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
    return Arrays.stream(Task.values())
        .map(task -> "scores/USE_CASE: " + ScoreSchema.contract(task))
        .toList();
  }

  @Override
  public List<NamedTable> tables(Config c) {
    return List.of(new NamedTable("examples", c.examples(), c.keep()));
  }

  @Override
  public void run(Run run, Config c) {
    ModelVersion version = run.loadModel(RiskModel.KIND, c.modelVersion());
    RiskModel model = RiskFiles.read(version.path(), run.spark().sessionState().newHadoopConf());
    NamedTable table = tables(c).get(0);
    boolean series = model.timeSeries().isPresent();
    CheckedTable input = series ? run.read(table) : run.stream(table);
    requireColumns(input, model, version);
    List<String> kept = kept(input, c);
    try (RowsToScore asked = RowsToScore.of(run, input, model, c.rows())) {
      Dataset<Row> rows = asked.rows();
      DriftCheck check =
          new DriftCheck(
              run.spark().sparkContext(),
              c.drift(),
              version,
              baseline(run, version, c.drift()),
              rows.schema(),
              ScoreSchema.of(model.label().task(), rows.schema(), kept));
      run.publishScores(
          ScoreSchema.contract(model.label().task()),
          scored(rows, kept, model, reasons(rows, model, version, c), check),
          version,
          written -> {
            RowCounts counts = asked.counts(written.get().count());
            check.tell(run, DISTRIBUTIONS);
            check.enforce("nothing was published", "risk.score.drift.action");
            return counts;
          });
    }
  }

  /**
   * What the model's features are made of must be there, of the type that it was trained on.
   *
   * @throws Stop exit 3
   */
  static void requireColumns(CheckedTable input, RiskModel model, ModelVersion version) {
    Map<String, String> trained = new HashMap<>();
    version.manifest().features().columns().forEach(c -> trained.put(c.name(), c.type()));
    for (String column : model.columns()) {
      Optional<Contract.Field> field = input.contract().field(column);
      if (field.isEmpty() || !input.has(column)) {
        throw Stop.contract(
            "%s has no column %s, of which model %s makes a feature; the model needs %s",
            field.isEmpty() ? "contract " + input.contract().id() : "table " + input.name(),
            column,
            version.version(),
            String.join(", ", model.columns()));
      }
      String type = field.get().type().logical().id();
      if (!type.equals(trained.get(column))) {
        throw Stop.contract(
            "column %s is of type %s in contract %s, but model %s was trained on one of type %s",
            column, type, input.contract().id(), version.version(), trained.get(column));
      }
    }
  }

  /** Earlier code published models without a baseline. */
  private static Baseline baseline(Run run, ModelVersion version, DriftConfig c) {
    if (c.action() == DriftConfig.Action.NONE) {
      return Baseline.NONE;
    }
    Optional<Baseline> stored =
        BaselineFile.read(version.path(), run.spark().sessionState().newHadoopConf());
    if (stored.isEmpty() && c.action() == DriftConfig.Action.REFUSE) {
      throw Stop.usage(
          "risk.score.drift.action is refuse, but model %s has no baseline to hold rows against; train it again, or set"
              + " the action to none",
          version.version());
    }
    if (stored.isEmpty()) {
      run.report()
          .warn(
              "model %s has no baseline, so drift is not measured; train it again"
                  .formatted(version.version()));
    }
    return stored.orElse(Baseline.NONE);
  }

  private static Optional<RowReasons> reasons(
      Dataset<Row> rows, RiskModel model, ModelVersion version, Config c) {
    if (c.reasons().top() == 0) {
      return Optional.empty();
    }
    Explainer explainer =
        c.reasons()
            .method()
            .explainer(
                model.predictor(),
                BackgroundFile.read(
                    version.path(), rows.sparkSession().sessionState().newHadoopConf()));
    return Optional.of(RowReasons.of(explainer, model, c.reasons().top(), rows.schema()));
  }

  private static List<String> kept(CheckedTable input, Config c) {
    List<String> kept =
        c.keep().isEmpty()
            ? input.contract().keys().stream().findFirst().orElse(List.of())
            : c.keep();
    if (kept.isEmpty()) {
      throw Stop.usage(
          "risk.score: contract %s has no key; name in keep the columns by which the scores are"
              + " told apart",
          input.contract().id());
    }
    return kept;
  }

  /** Scores rows as they flow by, and counts them and their scores for the drift. */
  static Dataset<Row> scored(
      Dataset<Row> rows,
      List<String> kept,
      RiskModel model,
      Optional<RowReasons> reasons,
      DriftCheck check) {
    int[] places = kept.stream().mapToInt(rows.schema()::fieldIndex).toArray();
    ScoredRows.Plan plan = new ScoredRows.Plan(model, rows.schema(), places, reasons);
    Watch features = check.features();
    Watch scores = check.scores();
    return InternalRows.map(
        rows,
        ScoreSchema.of(model.label().task(), rows.schema(), kept),
        part -> scores.over(new ScoredRows(features.over(part), plan)));
  }
}
