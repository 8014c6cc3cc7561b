package org.millrace.recommend.als;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.Split;
import org.millrace.recommend.factor.FactorModel;

/** How well a factor model predicts held-out ratings, beside naive competitors. */
final class AlsQuality {
  /** Predicts each rating as the mean of the item's ratings. */
  static final String ITEM_MEAN = "item mean";

  private final Split split;

  AlsQuality(Split split) {
    this.split = split;
  }

  /** RMSE and MAE of the predicted ratings, and how many pairs were too new to predict. */
  RatingEvaluation ratings(FactorModel model) {
    return RatingEvaluation.of(model, split.test());
  }

  /** RMSE and MAE of the naive prediction, over the pairs that the model can score as well. */
  Map<String, Double> itemMeanErrors(FactorModel model) {
    double global = split.train().agg(avg("rating")).first().getDouble(0);
    Dataset<Row> means = split.train().groupBy("item").agg(avg("rating").as("mean"));
    Dataset<Row> errors =
        model
            .predict(split.test().select("user", "item", "rating"))
            .join(means, new String[] {"item"}, "left")
            .select(coalesce(col("mean"), lit(global)).minus(col("rating")).as("error"));
    Row sums =
        errors
            .agg(
                avg(col("error").multiply(col("error"))),
                avg(org.apache.spark.sql.functions.abs(col("error"))))
            .first();
    Map<String, Double> byMetric = new LinkedHashMap<>();
    if (!sums.isNullAt(0)) {
      byMetric.put("rmse", Math.sqrt(sums.getDouble(0)));
      byMetric.put("mae", sums.getDouble(1));
    }
    return byMetric;
  }
}
