package org.millrace.features.pipeline;

import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.Interaction;

/** All products of one value of each column. */
public record Interact(List<String> columns, String as) implements Stage {

  public Interact {
    Parts.requireColumns(columns);
    Parts.requireNames(as);
  }

  @Override
  public Reads reads() {
    return Reads.COMPLETE_NUMBERS;
  }

  @Override
  public List<String> outputs() {
    return List.of(as);
  }

  @Override
  public List<PipelineStage> stages() {
    return List.of(new Interaction().setInputCols(columns.toArray(String[]::new)).setOutputCol(as));
  }
}
