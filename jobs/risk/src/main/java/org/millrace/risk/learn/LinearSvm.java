package org.millrace.risk.learn;

import java.util.Optional;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.config.Check;
import org.millrace.risk.model.Link;
import org.millrace.risk.model.Task;

/**
 * The linear support vector machine of MLlib (hinge loss) on standardized features. Its margin is
 * no log-odds: only calibration makes a probability of what it tells.
 *
 * @param regularization weight of the penalty on squares, at least 0
 * @param iterations at the most
 */
public record LinearSvm(double regularization, int iterations) implements Learner {

  public LinearSvm {
    Check.that(regularization >= 0, "regularization", regularization, "0 or more");
    Check.that(iterations >= 1 && iterations <= 100_000, "iterations", iterations, "1 to 100000");
  }

  @Override
  public String name() {
    return "linear-svm";
  }

  @Override
  public String parameters() {
    return "regularization %s".formatted(regularization);
  }

  @Override
  public boolean learns(Task task) {
    return task == Task.BINARY;
  }

  @Override
  public Fitted fit(Examples rows, Optional<Examples> validation, long seed) {
    Imputed imputed = Imputed.fit(rows);
    Dataset<Row> table = imputed.of(rows).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      LinearSVCModel model =
          new LinearSVC()
              .setRegParam(regularization)
              .setMaxIter(iterations)
              .setTol(1e-7)
              .setWeightCol(Examples.WEIGHT)
              .fit(table);
      return new Fitted(
          imputed.predictor(
              new double[] {model.intercept()}, new double[][] {model.coefficients().toArray()}),
          Link.LOGISTIC,
          0,
          "A linear support vector machine of Spark MLlib with %s.".formatted(parameters()));
    } finally {
      table.unpersist();
    }
  }
}
