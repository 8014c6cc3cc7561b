package org.millrace.features.pipeline;

import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.PCA;
import org.millrace.config.Check;

/** The first principal components of numbers and vectors. */
public record Pca(List<String> columns, String as, int components) implements Stage {

  public Pca {
    Parts.requireColumns(columns);
    Parts.requireNames(as);
    Check.that(
        components >= 1 && components <= 65_535,
        "components",
        components,
        "a whole number in 1..65535");
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
    return List.of(
        Parts.assembler(columns, as),
        new PCA().setInputCol(Parts.inner(as)).setOutputCol(as).setK(components));
  }
}
