package org.millrace.features;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
  private static final String VERSION = "model_version";

  public FitPipelineConfig {
    OutputNames.require(output);
    Check.that(!steps.isEmpty(), "steps", steps, "one step or more");
    List<String> made = steps.stream().flatMap(s -> s.outputs().stream()).toList();
    Check.that(
        made.containsAll(publish),
        "publish",
        publish,
        "columns that steps make: " + String.join(", ", made));
    requireFree("publish", publish);
    requireFree("keep", keep);
    requireFree("steps", made);
    keep = List.copyOf(keep);
    publish = List.copyOf(publish);
  }

  /** The published table has a column of each name once. */
  private static void requireFree(String key, List<String> names) {
    Set<String> seen = new HashSet<>(Set.of(VERSION));
    for (String name : names) {
      Check.that(
          seen.add(name.toLowerCase(Locale.ROOT)),
          key,
          name,
          "each name once, and not " + VERSION + ", which the published table has itself");
    }
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
