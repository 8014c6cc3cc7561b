package org.millrace.text.classify;

import java.util.Arrays;
import org.apache.spark.ml.classification.NaiveBayesModel;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.config.Check;
import org.millrace.language.TextVectors;

/** Learns classes of vectors. Rows have {@link Examples}' columns. */
public sealed interface Learner {
  /** The logarithm of how often a class without rows is expected. */
  double NEVER = -1e9;

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
      return new LinearFit(regularization, iterations).logistic(varied(rows, vectors), classes);
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
      return new LinearFit(regularization, iterations).hinge(varied(rows, vectors), classes);
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
      // MLlib tells of the classes that the rows have, in their order.
      int[] seen =
          rows.select(Examples.LABEL).distinct().collectAsList().stream()
              .mapToInt(row -> (int) row.getDouble(0))
              .sorted()
              .toArray();
      double[] theta = placed(rowByRow(model.theta()), seen, classes, 0);
      double[] priors = placed(model.pi().toArray(), seen, classes, NEVER);
      return counts
          ? new LinearClassifier(theta, priors, new Link.Softmax())
          : new GaussianClassifier(
              priors, theta, placed(rowByRow(model.sigma()), seen, classes, 1));
    }

    private static double[] rowByRow(Matrix matrix) {
      return matrix.toDense().transpose().toArray();
    }

    /** Numbers of the classes that were seen at the places of these, others elsewhere. */
    private static double[] placed(double[] numbers, int[] seen, int classes, double others) {
      int each = numbers.length / seen.length;
      double[] placed = new double[classes * each];
      Arrays.fill(placed, others);
      for (int i = 0; i < seen.length; i++) {
        System.arraycopy(numbers, i * each, placed, seen[i] * each, each);
      }
      return placed;
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
