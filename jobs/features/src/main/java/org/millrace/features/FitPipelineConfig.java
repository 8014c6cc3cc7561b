package org.millrace.features;

import java.util.ArrayList;
import java.util.List;
import org.millrace.config.Check;
import org.millrace.features.pipeline.Stage;
import org.millrace.table.TableRef;

/**
 * The keys of {@link FitPipeline}; defaults and meanings are in {@code reference.conf}.
 *
 * @param output the published table's name
 * @param keep columns of the table that are published as they are
 * @param steps in their order
 * @param publish columns of steps that are published; empty for all
 */
public record FitPipelineConfig(
    TableRef table, String output, List<String> keep, List<Stage> steps, List<String> publish) {

  public FitPipelineConfig {
    OutputNames.require(output);
    Check.that(!steps.isEmpty(), "steps", steps, "one step or more");
    List<String> made = steps.stream().flatMap(s -> s.outputs().stream()).toList();
    Check.that(
        made.containsAll(publish),
        "publish",
        publish,
        "columns that steps make: " + String.join(", ", made));
    keep = List.copyOf(keep);
    publish = List.copyOf(publish);
  }

  /** Columns of steps that are published. */
  List<String> features() {
    return publish.isEmpty() ? steps.stream().flatMap(s -> s.outputs().stream()).toList() : publish;
  }

  /** Columns that must be in the table: those that are kept, and those that no step makes. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(keep);
    steps.forEach(s -> columns.addAll(s.columns()));
    steps.forEach(s -> columns.removeAll(s.outputs()));
    return columns.stream().distinct().toList();
  }
}
