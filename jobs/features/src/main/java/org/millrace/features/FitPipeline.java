package org.millrace.features;

import static org.apache.spark.sql.functions.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.ColumnNames;
import org.millrace.features.pipeline.Prepared;
import org.millrace.features.pipeline.Stage;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.model.ModelDescription;
import org.millrace.model.ModelInfo;
import org.millrace.model.ModelVersion;
import org.millrace.outcome.Stop;
import org.millrace.report.RunReport.FactTable;
import org.millrace.table.CheckedTable;

/** Fits MLlib's transformers to a table, publishes them as a model, and the table's features. */
public final class FitPipeline implements Job<FitPipelineConfig> {

  @Override
  public String name() {
    return "features.pipeline";
  }

  @Override
  public String summary() {
    return "fit transformers (impute, index, scale, TF-IDF, ...) to a table, publish them as a"
        + " model and its features";
  }

  @Override
  public Class<FitPipelineConfig> config() {
    return FitPipelineConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of("table: a contract of yours with the columns that the steps read");
  }

  @Override
  public List<String> outputs() {
    return List.of(
        "a model of kind pipeline: the fitted steps",
        "tables/OUTPUT: features.pipeline.v1, with the kept columns and those that the steps make");
  }

  @Override
  public List<NamedTable> tables(FitPipelineConfig c) {
    return List.of(new NamedTable("table", c.table(), c.columns()));
  }

  @Override
  public void run(Run run, FitPipelineConfig c) {
    CheckedTable table = run.read(tables(c).get(0));
    List<String> problems = Prepared.problems(table.rows().schema(), c.steps());
    if (!problems.isEmpty()) {
      throw Stop.usage("features.pipeline: %s", String.join("; ", problems));
    }
    PipelinePlan plan = PipelinePlan.of(table.rows().schema(), c);
    try (PipelineRows rows = new PipelineRows(run, table, plan)) {
      missing(run, rows.rows(), plan);
      PipelineModel fitted = run.step("fit", () -> fit(c.steps(), rows.rows()));
      PipelineFiles pipeline = new PipelineFiles(fitted, plan);
      ModelVersion version = publish(run, c, table, pipeline);
      rows.publish(run, c.output(), pipeline, version.version());
    }
  }

  private static PipelineModel fit(List<Stage> steps, Dataset<Row> rows) {
    List<PipelineStage> stages = new ArrayList<>();
    steps.forEach(s -> stages.addAll(s.stages()));
    try {
      PipelineModel fitted =
          new Pipeline().setStages(stages.toArray(PipelineStage[]::new)).fit(rows);
      // MLlib does not run what is behind the last step that learns; it may not be applicable.
      fitted.transform(rows).first();
      return fitted;
    } catch (IllegalArgumentException e) {
      throw Stop.usage("features.pipeline: the steps do not fit the table: %s", e.getMessage())
          .because(e);
    }
  }

  /** Tells how many values each column lacks; a column without any cannot be learnt from. */
  private static void missing(Run run, Dataset<Row> rows, PipelinePlan plan) {
    List<Column> counts = new ArrayList<>();
    plan.read().forEach(column -> counts.add(count(ColumnNames.column(column)).as(column)));
    Column[] others = counts.toArray(Column[]::new);
    Row told = rows.agg(count("*").as("__rows"), others).first();
    List<List<String>> cells = new ArrayList<>();
    for (int i = 0; i < plan.read().size(); i++) {
      String column = plan.read().get(i);
      long there = told.getLong(i + 1);
      if (there == 0) {
        throw Stop.contract(
            "features.pipeline: column %s has no value that a step could learn from; leave it out"
                + " of the steps",
            column);
      }
      cells.add(List.of(column, plan.types().get(column), String.valueOf(told.getLong(0) - there)));
    }
    run.report()
        .table(
            new FactTable(
                "Columns that the steps read", List.of("column", "type", "missing"), cells));
  }

  private static ModelVersion publish(
      Run run, FitPipelineConfig c, CheckedTable table, PipelineFiles pipeline) {
    ModelInfo info =
        run.modelInfo(
            table,
            0,
            List.of(),
            "Nothing was held out: a pipeline is fitted and not measured.",
            new ModelDescription(
                "Fitted steps that make features of a table's rows.",
                "Steps: "
                    + String.join("; ", c.steps().stream().map(FitPipeline::sentence).toList())
                    + ".",
                "Features of tables with the same columns, by features.apply.",
                List.of(
                    "What it learnt (means, categories, words) is that of the table it was fitted"
                        + " on.",
                    "Categories that were not in that table count as one of their own.")));
    Configuration hadoop = run.spark().sparkContext().hadoopConfiguration();
    return run.publishModel(
        PipelineFiles.KIND,
        info,
        Optional.empty(),
        "write steps",
        to -> pipeline.write(to, hadoop));
  }

  private static String sentence(Stage step) {
    return "%s makes %s of %s"
        .formatted(
            step.getClass().getSimpleName(),
            String.join(", ", step.outputs()),
            String.join(", ", step.columns()));
  }
}
