package org.millrace.features.pipeline;

import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.QuantileDiscretizer;
import org.apache.spark.ml.feature.SQLTransformer;
import org.millrace.config.Check;

/** The number of the quantile that a number lies in; missing ones come last. */
public record Bucket(String column, String as, int buckets) implements Stage {

  public Bucket {
    Parts.requireNames(column, as);
    Check.that(buckets >= 2 && buckets <= 10_000, "buckets", buckets, "a whole number in 2..10000");
  }

  @Override
  public List<String> columns() {
    return List.of(column);
  }

  @Override
  public Reads reads() {
    return Reads.NUMBERS;
  }

  @Override
  public List<String> outputs() {
    return List.of(as);
  }

  @Override
  public List<PipelineStage> stages() {
    return List.of(
        // A missing number would stay missing: MLlib's own bucket is for NaN.
        new SQLTransformer()
            .setStatement(
                "SELECT *, coalesce(`%s`, double('NaN')) AS `%s` FROM __THIS__"
                    .formatted(column, Parts.inner(as))),
        new QuantileDiscretizer()
            .setInputCol(Parts.inner(as))
            .setOutputCol(Parts.inner(as) + "_number")
            .setNumBuckets(buckets)
            .setHandleInvalid("keep"),
        // A number like others: MLlib's own is a category whose list lacks the bucket of NaN.
        new SQLTransformer()
            .setStatement(
                "SELECT *, `%s` + 0D AS `%s` FROM __THIS__"
                    .formatted(Parts.inner(as) + "_number", as)));
  }
}
