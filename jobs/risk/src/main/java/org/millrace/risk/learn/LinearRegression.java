package org.millrace.risk.learn;

import java.util.Optional;
import org.apache.spark.ml.regression.LinearRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.config.Check;
import org.millrace.risk.model.Link;
import org.millrace.risk.model.Task;

/**
 * Least squares of MLlib on standardized features (Zou and Hastie 2005 for the penalty). As in
 * glmnet, the part of the penalty on squares is divided by the deviation of the label.
 *
 * @param regularization weight of the penalty, at least 0
 * @param elasticNet share of the absolute values in the penalty; the rest is of the squares
 * @param iterations at the most
 */
public record LinearRegression(double regularization, double elasticNet, int iterations)
    implements Learner {

  public LinearRegression {
    Check.that(regularization >= 0, "regularization", regularization, "0 or more");
    Check.that(elasticNet >= 0 && elasticNet <= 1, "elastic-net", elasticNet, "0 to 1");
    Check.that(iterations >= 1 && iterations <= 100_000, "iterations", iterations, "1 to 100000");
  }

  @Override
  public String name() {
    return "linear-regression";
  }

  @Override
  public String parameters() {
    return "regularization %s, elastic-net %s".formatted(regularization, elasticNet);
  }

  @Override
  public boolean learns(Task task) {
    return task == Task.REGRESSION;
  }

  @Override
  public Fitted fit(Examples rows, Optional<Examples> validation, long seed) {
    Imputed imputed = Imputed.fit(rows);
    Dataset<Row> table = imputed.of(rows).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      LinearRegressionModel model =
          new org.apache.spark.ml.regression.LinearRegression()
              .setRegParam(regularization)
              .setElasticNetParam(elasticNet)
              .setMaxIter(iterations)
              .setTol(1e-7)
              .setWeightCol(Examples.WEIGHT)
              .setSolver("l-bfgs")
              .fit(table);
      return new Fitted(
          imputed.predictor(
              new double[] {model.intercept()}, new double[][] {model.coefficients().toArray()}),
          Link.IDENTITY,
          0,
          "Linear regression of Spark MLlib with %s.".formatted(parameters()));
    } finally {
      table.unpersist();
    }
  }
}
