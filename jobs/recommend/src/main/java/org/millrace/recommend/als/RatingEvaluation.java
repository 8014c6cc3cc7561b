package org.millrace.recommend.als;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.Metric;
import org.millrace.recommend.ExactSum;
import org.millrace.recommend.factor.FactorModel;

/**
 * How far predicted ratings lie from given ones, over the pairs whose user and item the model
 * knows.
 *
 * @param rmse root mean squared error, in units of the rating; NaN if no pair could be scored
 * @param mae mean absolute error, in units of the rating; NaN if no pair could be scored
 * @param scored pairs that were scored
 * @param cold pairs left out as the model knows no vector for the user or the item
 */
public record RatingEvaluation(double rmse, double mae, long scored, long cold) {

  /**
   * @param test columns user, item (string), rating (double)
   */
  public static RatingEvaluation of(FactorModel model, Dataset<Row> test) {
    Column error = col("prediction").minus(col("rating"));
    Row sums =
        model
            .predict(test.select("user", "item", "rating"))
            .agg(count(lit(1)), ExactSum.of(error.multiply(error)), ExactSum.of(abs(error)))
            .first();
    long scored = sums.getLong(0);
    return new RatingEvaluation(
        Math.sqrt(sums.getDouble(1) / scored),
        sums.getDouble(2) / scored,
        scored,
        test.count() - scored);
  }

  /** The errors, as RMSE and MAE. */
  public List<Metric> metrics() {
    return List.of(Metric.lowerIsBetter("rmse", rmse), Metric.lowerIsBetter("mae", mae));
  }
}
