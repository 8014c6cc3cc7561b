package org.millrace.features;

import static org.apache.spark.sql.functions.not;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.job.Run;
import org.millrace.outcome.Stop;
import org.millrace.table.CheckedTable;
import org.millrace.table.RowCounts;

/** The rows of a table that a pipeline can take; the others are refused. Kept until closed. */
final class PipelineRows implements AutoCloseable {
  private static final String CONTRACT = "features.pipeline.v1";

  private final CheckedTable table;
  private final PipelinePlan plan;
  private final Dataset<Row> prepared;
  private final long refused;

  PipelineRows(Run run, CheckedTable table, PipelinePlan plan) {
    this.table = table;
    this.plan = plan;
    Dataset<Row> all = plan.prepare(table.rows());
    this.prepared = all.filter(not(plan.incomplete())).persist(StorageLevel.MEMORY_AND_DISK());
    Dataset<Row> incomplete = all.filter(plan.incomplete());
    this.refused =
        plan.required().isEmpty() || incomplete.isEmpty()
            ? 0
            : run.refuse(
                table.name(),
                incomplete,
                "pipeline.missing",
                "one with finite numbers in %s, which steps take that cannot do without"
                    .formatted(String.join(", ", plan.required())));
    if (prepared.isEmpty()) {
      throw Stop.contract(
          "%s: every row lacks a number that a step needs, of %s; impute them first",
          table.name(), String.join(", ", plan.required()));
    }
  }

  Dataset<Row> rows() {
    return prepared;
  }

  void publish(Run run, String output, PipelineFiles pipeline, String version) {
    run.publishTable(
        output,
        CONTRACT,
        plan.publish(pipeline.steps(), prepared, version),
        written ->
            new RowCounts(
                "row",
                table.seen(),
                table.seen() - table.rejected() - refused,
                table.rejected() + refused));
  }

  @Override
  public void close() {
    prepared.unpersist();
  }
}
