package org.millrace.risk;

import static org.apache.spark.sql.functions.not;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.eval.ColumnNames;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.model.ModelVersion;
import org.millrace.outcome.Stop;
import org.millrace.risk.model.Task;
import org.millrace.table.CheckedTable;
import org.millrace.table.TableRef;

/** Measures a model on a table whose labels are known. */
public final class Evaluate implements Job<Evaluate.Config> {

  /**
   * The keys; defaults and meanings are in {@code reference.conf}.
   *
   * @param groups columns by whose values it is measured too
   */
  public record Config(TableRef examples, Optional<String> modelVersion, List<String> groups) {
    public Config {
      groups = List.copyOf(groups);
    }
  }

  @Override
  public String name() {
    return "risk.evaluate";
  }

  @Override
  public String summary() {
    return "measure a model of risk.train on a table with labels: metrics, curves, at the threshold, by group";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "examples: a contract of yours with the label and the columns of the model's features",
        "a model of kind " + RiskModel.KIND);
  }

  @Override
  public List<String> outputs() {
    return List.of("metrics and charts in the run's report; nothing is published");
  }

  @Override
  public List<NamedTable> tables(Config c) {
    return List.of(new NamedTable("examples", c.examples(), c.groups()));
  }

  @Override
  public void run(Run run, Config c) {
    ModelVersion version = run.loadModel(RiskModel.KIND, c.modelVersion());
    RiskModel model = RiskFiles.read(version.path(), run.spark().sessionState().newHadoopConf());
    if (model.label().task() == Task.ANOMALY) {
      throw Stop.usage(
          "model %s was trained without labels and tells no class or number that could be measured; train one with"
              + " label.column",
          version.version());
    }
    CheckedTable input = run.read(tables(c).get(0));
    Score.requireColumns(input, model, version);
    requireLabel(input, model.label());
    warnIfSeen(run, input, version);
    Tuning.requireGroupsSuited(model.label().task(), c.groups());
    if (model.timeSeries().isPresent()) {
      try (SeriesRows series =
          SeriesRows.of(run, input, model.timeSeries().get(), model.label().column())) {
        evaluate(run, model, series.labelled(), input, c);
      }
      return;
    }
    Dataset<Row> rows = input.rows();
    FittedLabel label = model.label();
    Column truth = label.asNumber(ColumnNames.column(rows, label.column()));
    Dataset<Row> judged =
        rows.withColumn(Labelling.LABEL, truth).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Column told = judged.col(Labelling.LABEL).isNotNull();
      run.refuse(
          input.name(),
          judged.filter(not(told)).drop(Labelling.LABEL),
          label.column() + ".label",
          label.classes().isEmpty()
              ? "a number"
              : "one of the classes of the model: " + String.join(", ", label.classes()));
      Dataset<Row> labelled = judged.filter(told).drop(Labelling.LABEL);
      evaluate(run, model, labelled, input, c);
    } finally {
      judged.unpersist();
    }
  }

  private static void evaluate(
      Run run, RiskModel model, Dataset<Row> labelled, CheckedTable input, Config c) {
    run.step(
        "evaluate",
        () ->
            TestMeasurement.tell(
                run.report(),
                model,
                labelled,
                c.groups(),
                "no row of %s has a label that the model tells of, in column %s"
                    .formatted(input.name(), model.label().column())));
  }

  /** Measured on rows that it learnt from, a model seems better than it is. */
  private static void warnIfSeen(Run run, CheckedTable input, ModelVersion version) {
    String identity = input.report().identity();
    if (version.manifest().data().stream().anyMatch(d -> d.identity().equals(identity))) {
      run.report()
          .warn(
              "model %s was trained on this very table: what is measured here is how well it remembers, not how well it will"
                      .formatted(version.version())
                  + " do; its card has what was measured on rows that were held out");
    }
  }

  private static void requireLabel(CheckedTable input, FittedLabel label) {
    boolean known = input.contract().field(label.column()).isPresent();
    if (!known || !input.has(label.column())) {
      throw Stop.contract(
          "%s has no column %s, the label that the model was trained to tell; it has %s. Measure on a table with labels",
          known ? "table " + input.name() : "contract " + input.contract().id(),
          label.column(),
          String.join(
              ", ",
              input.contract().fieldNames().stream().filter(c -> !known || input.has(c)).toList()));
    }
  }
}
