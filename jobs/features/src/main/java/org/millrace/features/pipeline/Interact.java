package org.millrace.features.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.Interaction;
import org.apache.spark.ml.feature.VectorAssembler;

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
    // Scalers and the like only tell how long their vectors are; an assembler names each place, as
    // MLlib's products ask.
    List<PipelineStage> stages = new ArrayList<>();
    String[] named = new String[columns.size()];
    for (int i = 0; i < named.length; i++) {
      named[i] = Parts.inner(as) + "_" + i;
      stages.add(
          new VectorAssembler().setInputCols(new String[] {columns.get(i)}).setOutputCol(named[i]));
    }
    stages.add(new Interaction().setInputCols(named).setOutputCol(as));
    return stages;
  }
}
