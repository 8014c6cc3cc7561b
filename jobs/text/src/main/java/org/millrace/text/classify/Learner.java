package org.millrace.text.classify;

import java.util.Arrays;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.classification.NaiveBayesModel;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.millrace.config.Check;
import org.millrace.language.TextVectors;

/** Learns classes of vectors, by MLlib. Rows have {@link Examples}' columns. */
public sealed interface Learner {
  /**
   * A search ends where a step makes the loss less by a smaller share, as scikit-learn's do.
   * MLlib's own 1e-6 takes several times the steps, each a job of Spark's, for weights that tell
   * the same.
   */
  double TOLERANCE = 1e-4;

  Classifier fit(Dataset<Row> rows, int classes, TextVectors vectors);

  /** In words, for reports. */
  String describe();

  /** Whether its sums need out-of-fold rows before they are probabilities. */
  default boolean needsSigmoids() {
    return false;
  }

  /**
   * Multinomial logistic regression.
   *
   * @param regularization weight of the squares of the weights beside the mean loss of a row: that
   *     of scikit-learn's C is 1 / (C x rows)
   */
  record LogisticRegression(double regularization, int iterations) implements Learner {
    public LogisticRegression {
      check(regularization, iterations);
    }

    @Override
    public Classifier fit(Dataset<Row> rows, int classes, TextVectors vectors) {
      LogisticRegressionModel model =
          new org.apache.spark.ml.classification.LogisticRegression()
              .setFeaturesCol(Examples.VECTOR)
              .setLabelCol(Examples.LABEL)
              .setRegParam(regularization)
              .setMaxIter(iterations)
              .setTol(TOLERANCE)
              .setStandardization(false)
              .fit(varied(rows, vectors));
      Matrix learnt = model.coefficientMatrix();
      double[] own = learnt.toDense().transpose().toArray();
      if (learnt.numRows() == classes) {
        return new LinearClassifier(own, model.interceptVector().toArray(), new Link.Softmax());
      }
      // Of two classes MLlib tells the second one's sum.
      double[] weights = new double[2 * own.length];
      System.arraycopy(own, 0, weights, own.length, own.length);
      return new LinearClassifier(
          weights, new double[] {0, model.interceptVector().apply(0)}, new Link.Softmax());
    }

    @Override
    public String describe() {
      return "logistic regression, regularization " + regularization;
    }
  }

  /** Linear support vectors (hinge loss), each class against the rest. */
  record LinearSvm(double regularization, int iterations) implements Learner {
    public LinearSvm {
      check(regularization, iterations);
    }

    @Override
    public Classifier fit(Dataset<Row> rows, int classes, TextVectors vectors) {
      Dataset<Row> varied = varied(rows, vectors);
      double[][] weights = new double[classes][];
      double[] intercepts = new double[classes];
      for (int c = classes == 2 ? 1 : 0; c < classes; c++) {
        LinearSVCModel model = against(varied, c);
        weights[c] = model.coefficients().toArray();
        intercepts[c] = model.intercept();
      }
      if (classes == 2) {
        weights[0] = Arrays.stream(weights[1]).map(w -> -w).toArray();
        intercepts[0] = -intercepts[1];
      }
      double[] flat = Arrays.stream(weights).flatMapToDouble(Arrays::stream).toArray();
      return new LinearClassifier(flat, intercepts, new Link.Softmax());
    }

    private LinearSVCModel against(Dataset<Row> rows, int c) {
      return new LinearSVC()
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
    }

    @Override
    public boolean needsSigmoids() {
      return true;
    }

    @Override
    public String describe() {
      return "linear SVM, regularization " + regularization;
    }
  }

  /**
   * Naive Bayes: multinomial on TF-IDF (Rennie et al. 2003 on weights for counts), with normal
   * distributions on vectors that may be negative.
   *
   * @param smoothing added to the weight of each term in each class; normal distributions have none
   */
  record NaiveBayes(double smoothing) implements Learner {
    public NaiveBayes {
      Check.that(smoothing > 0 && smoothing <= 1000, "smoothing", smoothing, "above 0, up to 1000");
    }

    @Override
    public Classifier fit(Dataset<Row> rows, int classes, TextVectors vectors) {
      boolean counts = vectors.nonNegative();
      NaiveBayesModel model =
          new org.apache.spark.ml.classification.NaiveBayes()
              .setFeaturesCol(Examples.VECTOR)
              .setLabelCol(Examples.LABEL)
              .setSmoothing(smoothing)
              .setModelType(counts ? "multinomial" : "gaussian")
              .fit(rows);
      double[] theta = model.theta().toDense().transpose().toArray();
      Vector priors = model.pi();
      return counts
          ? new LinearClassifier(theta, priors.toArray(), new Link.Softmax())
          : new GaussianClassifier(
              priors.toArray(), theta, model.sigma().toDense().transpose().toArray());
    }

    @Override
    public String describe() {
      return "naive Bayes, smoothing " + smoothing;
    }
  }

  private static Dataset<Row> varied(Dataset<Row> rows, TextVectors vectors) {
    return vectors.nonNegative() ? rows : NearlyConstant.blanked(rows);
  }

  private static void check(double regularization, int iterations) {
    Check.that(
        regularization >= 0 && regularization <= 1000,
        "regularization",
        regularization,
        "0 to 1000");
    Check.that(iterations >= 1 && iterations <= 10_000, "iterations", iterations, "1..10000");
  }
}
