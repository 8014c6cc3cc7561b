package org.millrace.deep;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.config.Check;
import org.millrace.deep.data.SeriesWindows;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.model.ModelVersion;
import org.millrace.report.RunReport.RuleReport;
import org.millrace.table.CheckedTable;
import org.millrace.table.TableRef;

/** Measures a network on a table with labels. */
public final class Evaluate implements Job<Evaluate.Config> {

  /** The keys; defaults and meanings are in {@code reference.conf}. */
  public record Config(
      TableRef examples,
      Optional<SeriesWindows> windows,
      Optional<String> modelVersion,
      Baseline baseline,
      int batchSize) {
    public Config {
      Check.that(batchSize >= 1 && batchSize <= 65_536, "batch-size", batchSize, "1..65536");
    }
  }

  @Override
  public String name() {
    return "deep.evaluate";
  }

  @Override
  public String summary() {
    return "measure a network on a table with labels: accuracy, f1, ROC AUC, calibration, or errors";
  }

  @Override
  public Class<Config> config() {
    return Config.class;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "examples: a contract of yours with the columns that the network's inputs and label name",
        "a model of kind " + NetworkModel.KIND);
  }

  @Override
  public List<String> outputs() {
    return List.of("metrics and charts in the report");
  }

  @Override
  public List<NamedTable> tables(Config c) {
    return List.of(
        new NamedTable(
            "examples", c.examples(), c.windows().map(Windowed::columns).orElse(List.of())));
  }

  @Override
  public void run(Run run, Config c) {
    ModelVersion version = run.loadModel(NetworkModel.KIND, c.modelVersion());
    NetworkModel model =
        NetworkModel.read(version.path(), run.spark().sessionState().newHadoopConf());
    CheckedTable input = run.readToDisk(tables(c).get(0));
    if (c.windows().isEmpty()) {
      model.requireColumns(input.contract(), true);
    }
    Dataset<Row> rows = c.windows().map(w -> w.past(input.rows())).orElse(input.rows());
    try (NetworkModel.Shipped shipped =
        model.ship(run.spark(), version.version() + "/" + run.runId(), c.batchSize())) {
      Measurement measured =
          run.step("evaluate", () -> Measurement.of(rows, shipped, c.baseline()));
      List<RuleReport> refused =
          measured.refused().entrySet().stream()
              .map(e -> new RuleReport(e.getKey(), e.getValue(), List.of()))
              .toList();
      if (!refused.isEmpty()) {
        Refusals.write(run, rows, model.encoding());
        if (c.windows().isEmpty()) {
          input.alsoRefused(refused);
        }
        Refusals.require(input, c.examples(), refused);
        Refusals.tell(run.report(), refused);
      }
      MeasurementReport.tell(run.report(), measured, model.encoding(), c.baseline());
    }
  }
}
