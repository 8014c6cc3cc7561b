package org.millrace.features.pipeline;

import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.SQLTransformer;

/** A vector with a 1 at the category's place; the last place is for missing and unseen ones. */
public record OneHot(String column, String as) implements Stage {

  public OneHot {
    Parts.requireNames(column, as);
  }

  @Override
  public List<String> columns() {
    return List.of(column);
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
    // MLlib names the places by their categories, and takes no empty name: an empty text gets one
    // that no text of people has.
    String text = Parts.inner(as) + "_text";
    return List.of(
        new SQLTransformer()
            .setStatement(
                "SELECT *, if(string(`%s`) = '', char(0), string(`%s`)) AS `%s` FROM __THIS__"
                    .formatted(column, column, text)),
        Parts.indexer(text, Parts.inner(as)),
        new OneHotEncoder().setInputCol(Parts.inner(as)).setOutputCol(as).setDropLast(false));
  }
}
