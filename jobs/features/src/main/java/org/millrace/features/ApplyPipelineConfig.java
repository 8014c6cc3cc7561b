package org.millrace.features;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.table.TableRef;

/**
 * The keys of {@link ApplyPipeline}; defaults and meanings are in {@code reference.conf}.
 *
 * @param output the published table's name
 * @param keep columns that are published as they are; empty for those of the fitting
 * @param modelVersion empty for the current one
 */
public record ApplyPipelineConfig(
    TableRef table, String output, Optional<List<String>> keep, Optional<String> modelVersion) {
  public ApplyPipelineConfig {
    OutputNames.require(output);
    keep.ifPresent(
        columns ->
            Check.that(
                new HashSet<>(columns).size() == columns.size(),
                "keep",
                columns,
                "each name once"));
  }
}
