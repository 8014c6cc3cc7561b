package org.millrace.features.pipeline;

import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.FeatureHasher;

/** A vector of hashed names and values of columns; missing ones leave nothing. */
public record Hash(List<String> columns, String as, int features) implements Stage {

  public Hash {
    Parts.requireColumns(columns);
    Parts.requireNames(as);
    Parts.requireFeatures(features);
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
    return List.of(
        new FeatureHasher()
            .setInputCols(columns.toArray(String[]::new))
            .setOutputCol(as)
            .setNumFeatures(features));
  }
}
