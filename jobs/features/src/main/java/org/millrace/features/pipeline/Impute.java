package org.millrace.features.pipeline;

import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.Imputer;

/** Fills missing numbers; of the column x it makes x_imputed. */
public record Impute(List<String> columns, Strategy strategy) implements Stage {

  /** What is put in. */
  public enum Strategy {
    MEAN,
    MEDIAN,
    MODE
  }

  public Impute {
    Parts.requireColumns(columns);
  }

  @Override
  public Reads reads() {
    return Reads.NUMBERS;
  }

  @Override
  public List<String> outputs() {
    return columns.stream().map(c -> c + "_imputed").toList();
  }

  @Override
  public List<PipelineStage> stages() {
    return List.of(
        new Imputer()
            .setInputCols(columns.toArray(String[]::new))
            .setOutputCols(outputs().toArray(String[]::new))
            .setStrategy(strategy.name().toLowerCase(Locale.ROOT)));
  }
}
