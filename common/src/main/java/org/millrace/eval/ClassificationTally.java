package org.millrace.eval;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts what a classifier said beside what was true, row by row, in space that depends on the
 * number of classes only. Tallies of parts of a table add up to that of the whole, so that one pass
 * over any number of rows gives every metric.
 *
 * <p>Metrics that are defined for one class are averaged over the classes that occur with equal
 * weight (macro averages), as scikit-learn's {@code average="macro"} does; the area under the ROC
 * curve is that of each class against the rest. Of two classes, it is that of the second one.
 */
public final class ClassificationTally implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double LEAST_PROBABILITY = 1e-15;

  private final int classes;

  /** True class x predicted class. */
  private final long[][] confusion;

  /** Of the probability of the predicted class. */
  private final CalibrationTally calibration = new CalibrationTally();

  private final ScoreHistogram[] scores;
  private double logLoss;
  private double squaredError;

  public ClassificationTally(int classes) {
    this.classes = classes;
    this.confusion = new long[classes][classes];
    this.scores = new ScoreHistogram[classes];
    for (int c = 0; c < classes; c++) {
      scores[c] = new ScoreHistogram();
    }
  }

  /**
   * Adds a row.
   *
   * @param truth index of the true class
   * @param probabilities one for each class, adding up to 1
   */
  public void add(int truth, float[] probabilities) {
    int predicted = argMax(probabilities);
    confusion[truth][predicted]++;
    calibration.add(probabilities[predicted], predicted == truth);
    logLoss -= Math.log(Math.max(LEAST_PROBABILITY, probabilities[truth]));
    for (int c = 0; c < classes; c++) {
      double error = probabilities[c] - (c == truth ? 1 : 0);
      squaredError += error * error;
      scores[c].add(probabilities[c], c == truth);
    }
  }

  /** The class with the highest probability; of several, the first. */
  public static int argMax(float[] probabilities) {
    int best = 0;
    for (int c = 1; c < probabilities.length; c++) {
      if (probabilities[c] > probabilities[best]) {
        best = c;
      }
    }
    return best;
  }

  /** Adds what another tally of the same classes has counted. */
  public ClassificationTally merge(ClassificationTally other) {
    for (int t = 0; t < classes; t++) {
      for (int p = 0; p < classes; p++) {
        confusion[t][p] += other.confusion[t][p];
      }
      scores[t].merge(other.scores[t]);
    }
    calibration.merge(other.calibration);
    logLoss += other.logLoss;
    squaredError += other.squaredError;
    return this;
  }

  public long rows() {
    long rows = 0;
    for (int c = 0; c < classes; c++) {
      rows += occurrences(c);
    }
    return rows;
  }

  /** Rows of a true class that were taken for a predicted one. */
  public long confused(int truth, int predicted) {
    return confusion[truth][predicted];
  }

  private long occurrences(int truth) {
    long rows = 0;
    for (long count : confusion[truth]) {
      rows += count;
    }
    return rows;
  }

  private long predictions(int predicted) {
    long rows = 0;
    for (long[] counts : confusion) {
      rows += counts[predicted];
    }
    return rows;
  }

  /**
   * Quality of one class.
   *
   * @param support rows of the class
   */
  public record ClassQuality(
      long support, double precision, double recall, double f1, double areaUnderRoc) {}

  /** A class that is never predicted has a precision of 0, as in scikit-learn. */
  public ClassQuality of(int c) {
    double right = confusion[c][c];
    long support = occurrences(c);
    long predicted = predictions(c);
    double precision = predicted == 0 ? 0 : right / predicted;
    double recall = support == 0 ? 0 : right / support;
    double f1 = right == 0 ? 0 : 2 * precision * recall / (precision + recall);
    return new ClassQuality(support, precision, recall, f1, scores[c].areaUnderRoc());
  }

  /** The share of the most frequent class: the accuracy of who always names it. */
  public double largestShare() {
    long most = 0;
    for (int c = 0; c < classes; c++) {
      most = Math.max(most, occurrences(c));
    }
    return (double) most / rows();
  }

  /**
   * All metrics: accuracy, precision, recall, f1, roc-auc, log-loss, brier (the sum over classes of
   * squared errors: 0 to 2; Brier 1950) and ece (expected calibration error of the predicted class
   * in ten bins of equal width; Guo et al. 2017).
   */
  public List<Metric> metrics() {
    long rows = rows();
    long right = 0;
    List<ClassQuality> present = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      right += confusion[c][c];
      if (occurrences(c) > 0 || predictions(c) > 0) {
        present.add(of(c));
      }
    }
    double area =
        classes == 2
            ? of(1).areaUnderRoc()
            : present.stream()
                .mapToDouble(ClassQuality::areaUnderRoc)
                .filter(a -> !Double.isNaN(a))
                .average()
                .orElse(Double.NaN);
    return List.of(
        Metric.higherIsBetter("accuracy", (double) right / rows),
        Metric.higherIsBetter("precision", mean(present, ClassQuality::precision)),
        Metric.higherIsBetter("recall", mean(present, ClassQuality::recall)),
        Metric.higherIsBetter("f1", mean(present, ClassQuality::f1)),
        Metric.higherIsBetter("roc-auc", area),
        Metric.lowerIsBetter("log-loss", logLoss / rows),
        Metric.lowerIsBetter("brier", squaredError / rows),
        Metric.lowerIsBetter("ece", calibration.error()));
  }

  /** The names of {@link #metrics()}. */
  public static List<String> names() {
    return List.of("accuracy", "precision", "recall", "f1", "roc-auc", "log-loss", "brier", "ece");
  }

  private static double mean(
      List<ClassQuality> classes, java.util.function.ToDoubleFunction<ClassQuality> value) {
    return classes.stream().mapToDouble(value).average().orElse(Double.NaN);
  }

  /** The bins that have rows, by ascending probability. */
  public List<CalibrationBin> calibration() {
    return calibration.bins();
  }
}
