package org.millrace.features.pipeline;

import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.Word2Vec;
import org.millrace.config.Check;

/** The mean of the vectors of a text's words (Mikolov et al., 2013). */
public record Word2vec(String column, String as, int size, int minCount, int iterations, long seed)
    implements Stage {

  public Word2vec {
    Parts.requireNames(column, as);
    Check.that(size >= 1 && size <= 4096, "size", size, "a whole number in 1..4096");
    Check.that(minCount >= 0, "min-count", minCount, "a whole number of at least 0");
    Check.that(
        iterations >= 1 && iterations <= 1000,
        "iterations",
        iterations,
        "a whole number in 1..1000");
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
    return Parts.words(
        column,
        as,
        new Word2Vec()
            .setInputCol(Parts.inner(as))
            .setOutputCol(as)
            .setVectorSize(size)
            .setMinCount(minCount)
            .setMaxIter(iterations)
            .setSeed(seed));
  }
}
