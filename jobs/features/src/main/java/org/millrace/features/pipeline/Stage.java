package org.millrace.features.pipeline;

import java.util.List;
import org.apache.spark.ml.PipelineStage;

/** A step of a pipeline: reads columns of the table or of steps before it, and adds columns. */
public sealed interface Stage
    permits Impute, Index, OneHot, Scale, Bucket, Hash, TfIdf, Word2vec, Pca, Interact {

  /** What a step reads. */
  enum Reads {
    /** Numbers that may be missing. */
    NUMBERS,
    /** Numbers, or vectors of earlier steps, all there. */
    COMPLETE_NUMBERS,
    /** Texts. */
    TEXT,
    /** Texts, numbers or truth values. */
    ANY
  }

  /** The columns that it reads. */
  List<String> columns();

  /** Of what sort they must be. */
  Reads reads();

  /** The columns that it adds. */
  List<String> outputs();

  /** What MLlib does for it. */
  List<PipelineStage> stages();
}
