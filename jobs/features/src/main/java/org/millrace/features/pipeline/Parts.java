package org.millrace.features.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.RegexTokenizer;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.millrace.config.Check;

/** What several kinds of steps are made of. */
final class Parts {
  private Parts() {}

  static void requireColumns(List<String> columns) {
    Check.that(!columns.isEmpty(), "columns", columns, "one column or more");
  }

  static void requireNames(String... names) {
    for (String name : names) {
      Check.that(name.matches("[\\w-]+"), "as", name, "a name of letters, digits, _ and -");
    }
  }

  static void requireFeatures(int features) {
    Check.that(
        features >= 1 && features <= 1 << 24,
        "features",
        features,
        "a whole number in 1..16777216");
  }

  /** A column between two parts of a step. */
  static String inner(String as) {
    return "__" + as;
  }

  static PipelineStage indexer(String column, String as) {
    return new StringIndexer().setInputCol(column).setOutputCol(as).setHandleInvalid("keep");
  }

  static PipelineStage assembler(List<String> columns, String as) {
    return new VectorAssembler()
        .setInputCols(columns.toArray(String[]::new))
        .setOutputCol(inner(as));
  }

  /** Steps that read the words of a text: runs of letters and digits in lower case. */
  static List<PipelineStage> words(String column, String as, PipelineStage... then) {
    String text = inner(as) + "_text";
    List<PipelineStage> stages = new ArrayList<>();
    stages.add(
        new SQLTransformer()
            .setStatement(
                "SELECT *, coalesce(`%s`, '') AS `%s` FROM __THIS__".formatted(column, text)));
    stages.add(
        new RegexTokenizer()
            .setInputCol(text)
            .setOutputCol(inner(as))
            .setGaps(false)
            .setPattern("[\\p{L}\\p{N}]+"));
    stages.addAll(List.of(then));
    return stages;
  }
}
