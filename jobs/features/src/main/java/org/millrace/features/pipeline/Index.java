package org.millrace.features.pipeline;

import java.util.List;
import org.apache.spark.ml.PipelineStage;

/** Numbers categories from 0, the most frequent first; missing and unseen ones come last. */
public record Index(String column, String as) implements Stage {

  public Index {
    Parts.requireNames(column, as);
  }

  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public Reads reads() {
    return Reads.ANY;
  }

  @Override
  public List<String> outputs() {
    return List.of(as);
  }

  @Override
  public List<PipelineStage> stages() {
    return List.of(Parts.indexer(column, as));
  }
}
