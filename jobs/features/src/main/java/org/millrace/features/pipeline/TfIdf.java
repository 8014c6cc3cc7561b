package org.millrace.features.pipeline;

import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.IDF;
import org.millrace.config.Check;

/** A vector of the weights of a text's words, hashed. */
public record TfIdf(String column, String as, int features, int minDocuments) implements Stage {

  public TfIdf {
    Parts.requireNames(column, as);
    Parts.requireFeatures(features);
    Check.that(minDocuments >= 0, "min-documents", minDocuments, "a whole number of at least 0");
  }

  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public Reads reads() {
    return Reads.TEXT;
  }

  @Override
  public List<String> outputs() {
    return List.of(as);
  }

  @Override
  public List<PipelineStage> stages() {
    String counts = Parts.inner(as) + "_counts";
    return Parts.words(
        column,
        as,
        new HashingTF().setInputCol(Parts.inner(as)).setOutputCol(counts).setNumFeatures(features),
        new IDF().setInputCol(counts).setOutputCol(as).setMinDocFreq(minDocuments));
  }
}
