package org.millrace.features;

import java.util.List;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.model.ModelVersion;
import org.millrace.table.CheckedTable;

/** Makes features of another table by a pipeline that was fitted before. */
public final class ApplyPipeline implements Job<ApplyPipelineConfig> {

  @Override
  public String name() {
    return "features.apply";
  }

  @Override
  public String summary() {
    return "publish the features of a table by transformers that features.pipeline fitted before";
  }

  @Override
  public Class<ApplyPipelineConfig> config() {
    return ApplyPipelineConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "table: a contract of yours with the columns that the pipeline was fitted on",
        "a model of kind pipeline");
  }

  @Override
  public List<String> outputs() {
    return List.of("tables/OUTPUT: features.pipeline.v1, with the columns that the pipeline makes");
  }

  @Override
  public List<NamedTable> tables(ApplyPipelineConfig c) {
    return List.of(new NamedTable("table", c.table(), c.keep().orElse(List.of())));
  }

  @Override
  public void run(Run run, ApplyPipelineConfig c) {
    ModelVersion version = run.loadModel(PipelineFiles.KIND, c.modelVersion());
    PipelineFiles pipeline =
        PipelineFiles.read(version, run.spark().sparkContext().hadoopConfiguration());
    CheckedTable table = run.read(tables(c).get(0));
    PipelinePlan plan = c.keep().map(pipeline.plan()::keeping).orElse(pipeline.plan());
    plan.require(table.rows().schema(), table.contract().id());
    try (PipelineRows rows = new PipelineRows(run, table, plan)) {
      rows.publish(run, c.output(), pipeline, version.version());
    }
  }
}
