package org.millrace.features.pipeline;

import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.MinMaxScaler;
import org.apache.spark.ml.feature.RobustScaler;
import org.apache.spark.ml.feature.StandardScaler;

/** Puts numbers on one scale, in one vector. */
public record Scale(List<String> columns, String as, Method method) implements Stage {

  /** How. */
  public enum Method {
    /** Mean 0 and standard deviation 1. */
    STANDARD,
    /** From 0 to 1. */
    MIN_MAX,
    /** Median 0 and interquartile range 1. */
    ROBUST
  }

  public Scale {
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
    PipelineStage scaler =
        switch (method) {
          case STANDARD ->
              new StandardScaler().setWithMean(true).setInputCol(Parts.inner(as)).setOutputCol(as);
          case MIN_MAX -> new MinMaxScaler().setInputCol(Parts.inner(as)).setOutputCol(as);
          case ROBUST ->
              new RobustScaler()
                  .setWithCentering(true)
                  .setInputCol(Parts.inner(as))
                  .setOutputCol(as);
        };
    return List.of(Parts.assembler(columns, as), scaler);
  }
}
