package org.millrace.features;

import java.util.Optional;
import org.millrace.table.TableRef;

/**
 * The keys of {@link ApplyPipeline}; defaults and meanings are in {@code reference.conf}.
 *
 * @param output the published table's name
 * @param modelVersion empty for the current one
 */
public record ApplyPipelineConfig(TableRef table, String output, Optional<String> modelVersion) {
  public ApplyPipelineConfig {
    OutputNames.require(output);
  }
}
