package org.millrace.risk.learn;

import java.util.Optional;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.config.Check;
import org.millrace.risk.model.Link;
import org.millrace.risk.model.Task;

/**
 * Logistic regression of MLlib, multinomial for more than two classes, on standardized features
 * (Zou and Hastie 2005 for the penalty).
 *
 * @param regularization weight of the penalty, at least 0
 * @param elasticNet share of the absolute values in the penalty; the rest is of the squares
 * @param iterations at the most
 */
public record LogisticRegression(double regularization, double elasticNet, int iterations)
    implements Learner {

  public LogisticRegression {
    Check.that(regularization >= 0, "regularization", regularization, "0 or more");
    Check.that(elasticNet >= 0 && elasticNet <= 1, "elastic-net", elasticNet, "0 to 1");
    Check.that(iterations >= 1 && iterations <= 100_000, "iterations", iterations, "1 to 100000");
  }

  @Override
  public String name() {
    return "logistic-regression";
  }

  @Override
  public String parameters() {
    return "regularization %s, elastic-net %s".formatted(regularization, elasticNet);
  }

  @Override
  public boolean learns(Task task) {
    return task == Task.BINARY || task == Task.MULTICLASS;
  }

  @Override
  public Fitted fit(Examples rows, Optional<Examples> validation, long seed) {
    boolean binary = rows.task() == Task.BINARY;
    Imputed imputed = Imputed.fit(rows);
    Dataset<Row> table = imputed.of(rows).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      LogisticRegressionModel model =
          new org.apache.spark.ml.classification.LogisticRegression()
              .setFamily(binary ? "binomial" : "multinomial")
              .setRegParam(regularization)
              .setElasticNetParam(elasticNet)
              .setMaxIter(iterations)
              .setTol(1e-7)
              .setWeightCol(Examples.WEIGHT)
              .fit(table);
      return new Fitted(
          imputed.predictor(model.interceptVector().toArray(), byOutput(model.coefficientMatrix())),
          binary ? Link.LOGISTIC : Link.SOFTMAX,
          0,
          "Logistic regression of Spark MLlib with %s.".formatted(parameters()));
    } finally {
      table.unpersist();
    }
  }

  private static double[][] byOutput(Matrix coefficients) {
    double[][] weights = new double[coefficients.numRows()][coefficients.numCols()];
    for (int o = 0; o < weights.length; o++) {
      for (int f = 0; f < weights[o].length; f++) {
        weights[o][f] = coefficients.apply(o, f);
      }
    }
    return weights;
  }
}
