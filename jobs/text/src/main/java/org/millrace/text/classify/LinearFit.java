package org.millrace.text.classify;

import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Weights by which a loss is least: found on the driver for few rows, and by MLlib for others.
 *
 * @param regularization weight of the squares of the weights beside the mean loss of a row
 * @param iterations steps at most
 */
record LinearFit(double regularization, int iterations) {
  /**
   * A search over a cluster ends where a step makes the loss less by a smaller share, as
   * scikit-learn's do. MLlib's own, which a driver can afford, takes several times the steps, each
   * a job of Spark's, for weights that tell the same.
   */
  private static final double TOLERANCE = 1e-4;

  private static final double FINE_TOLERANCE = 1e-6;

  /** Multinomial logistic regression. */
  LinearClassifier logistic(Dataset<Row> rows, int classes) {
    Optional<FewRows> few = FewRows.of(rows);
    if (few.isPresent()) {
      Loss loss =
          classes == 2
              ? new Loss.Logistic(few.get(), regularization)
              : new Loss.CrossEntropy(few.get(), classes, regularization);
      double[] found = least(loss, few.get(), classes == 2 ? 1 : classes);
      return classes == 2 ? ofTwo(found) : ofEach(found, classes);
    }
    LogisticRegressionModel model =
        new LogisticRegression()
            .setFeaturesCol(Examples.VECTOR)
            .setLabelCol(Examples.LABEL)
            .setFamily(classes == 2 ? "binomial" : "multinomial")
            .setRegParam(regularization)
            .setMaxIter(iterations)
            .setTol(TOLERANCE)
            .setStandardization(false)
            .fit(rows);
    if (classes == 2) {
      return ofTwo(withIntercept(model.coefficients().toArray(), model.intercept()));
    }
    // Classes behind the last one that the rows have are never told.
    double[] own = model.coefficientMatrix().toDense().transpose().toArray();
    double[] intercepts = Arrays.copyOf(model.interceptVector().toArray(), classes);
    Arrays.fill(intercepts, model.interceptVector().size(), classes, Learner.NEVER);
    return new LinearClassifier(
        Arrays.copyOf(own, classes * model.numFeatures()), intercepts, new Link.Softmax());
  }

  /** Hinge loss, each class against the rest. */
  LinearClassifier hinge(Dataset<Row> rows, int classes) {
    Optional<FewRows> few = FewRows.of(rows);
    if (classes == 2) {
      return opposed(against(few, rows, 1));
    }
    double[] weights = new double[0];
    double[] intercepts = new double[classes];
    for (int c = 0; c < classes; c++) {
      double[] found = against(few, rows, c);
      int size = found.length - 1;
      weights = Arrays.copyOf(weights, classes * size);
      System.arraycopy(found, 0, weights, c * size, size);
      intercepts[c] = found[size];
    }
    return new LinearClassifier(weights, intercepts, new Link.Softmax());
  }

  /** The weights of a class, and behind them its intercept. */
  private double[] against(Optional<FewRows> few, Dataset<Row> rows, int c) {
    if (few.isPresent()) {
      return least(new Loss.Hinge(few.get(), c, regularization), few.get(), 1);
    }
    LinearSVCModel model =
        new LinearSVC()
            .setFeaturesCol(Examples.VECTOR)
            .setLabelCol(Examples.LABEL)
            .setRegParam(regularization)
            .setMaxIter(iterations)
            .setTol(TOLERANCE)
            .setStandardization(false)
            .fit(
                rows.withColumn(
                    Examples.LABEL,
                    functions.when(functions.col(Examples.LABEL).equalTo(c), 1.0).otherwise(0.0)));
    return withIntercept(model.coefficients().toArray(), model.intercept());
  }

  /** By the units of the rows themselves. */
  private double[] least(Loss loss, FewRows rows, int classes) {
    double[] found =
        new Lbfgs(iterations, FINE_TOLERANCE).minimize(loss, classes * (rows.size() + 1));
    for (int w = 0; w < classes * rows.size(); w++) {
      double unit = rows.deviation(w % rows.size());
      found[w] = unit > 0 ? found[w] / unit : 0;
    }
    return found;
  }

  private static double[] withIntercept(double[] weights, double intercept) {
    double[] both = Arrays.copyOf(weights, weights.length + 1);
    both[weights.length] = intercept;
    return both;
  }

  /** Sums for the second of two classes; those of the first are 0, whatever the row. */
  private static LinearClassifier ofTwo(double[] found) {
    int size = found.length - 1;
    double[] weights = new double[2 * size];
    System.arraycopy(found, 0, weights, size, size);
    return new LinearClassifier(weights, new double[] {0, found[size]}, new Link.Softmax());
  }

  /** Sums for the second of two classes, and the same with the other sign for the first. */
  private static LinearClassifier opposed(double[] found) {
    int size = found.length - 1;
    double[] weights = new double[2 * size];
    for (int w = 0; w < size; w++) {
      weights[w] = -found[w];
      weights[size + w] = found[w];
    }
    return new LinearClassifier(
        weights, new double[] {-found[size], found[size]}, new Link.Softmax());
  }

  private static LinearClassifier ofEach(double[] found, int classes) {
    int weights = found.length - classes;
    return new LinearClassifier(
        Arrays.copyOf(found, weights),
        Arrays.copyOfRange(found, weights, found.length),
        new Link.Softmax());
  }
}
