package org.millrace.risk.measure;

import java.util.List;
import org.millrace.eval.CalibrationBin;
import org.millrace.eval.CalibrationTally;
import org.millrace.eval.Metric;
import org.millrace.eval.ScoreHistogram;

/** Probabilities of the positive class beside whether rows were positive. */
public final class BinaryTally implements TaskTally {
  private static final long serialVersionUID = 1L;
  private static final double LEAST_PROBABILITY = 1e-15;

  private final double threshold;
  private final ScoreHistogram scores = new ScoreHistogram();
  private final CalibrationTally calibration = new CalibrationTally();
  private final ConfusionTally confusion = new ConfusionTally();
  private double logLoss;
  private double squaredError;

  /**
   * @param threshold from which probability on rows are taken for positive
   */
  public BinaryTally(double threshold) {
    this.threshold = threshold;
  }

  @Override
  public void add(double truth, double[] said) {
    add(truth > 0, said[0]);
  }

  /** Adds a row. */
  public void add(boolean positive, double probability) {
    scores.add(probability, positive);
    calibration.add(probability, positive);
    confusion.add(positive, probability >= threshold);
    double ofTruth = positive ? probability : 1 - probability;
    logLoss -= Math.log(Math.max(LEAST_PROBABILITY, ofTruth));
    squaredError += (1 - ofTruth) * (1 - ofTruth);
  }

  @Override
  public BinaryTally merge(TaskTally other) {
    BinaryTally theirs = (BinaryTally) other;
    scores.merge(theirs.scores);
    calibration.merge(theirs.calibration);
    confusion.merge(theirs.confusion);
    logLoss += theirs.logLoss;
    squaredError += theirs.squaredError;
    return this;
  }

  @Override
  public long rows() {
    return confusion.rows();
  }

  public double threshold() {
    return threshold;
  }

  public ScoreHistogram scores() {
    return scores;
  }

  /** Counts at the threshold. */
  public ConfusionTally confusion() {
    return confusion;
  }

  /** Of the probability of the positive class. */
  public List<CalibrationBin> calibration() {
    return calibration.bins();
  }

  /**
   * accuracy, precision, recall and f1 at the threshold; roc-auc, gini (twice the area less 1),
   * average-precision, ks (Kolmogorov-Smirnov: the greatest distance between the two kinds'
   * distributions); log-loss, brier (the mean squared error of the probability: 0 to 1) and ece (of
   * the probability of the positive class, in ten bins of equal width).
   */
  @Override
  public List<Metric> metrics() {
    double area = scores.areaUnderRoc();
    Curves curves = new Curves(scores);
    return List.of(
        Metric.higherIsBetter("accuracy", confusion.accuracy()),
        Metric.higherIsBetter("precision", confusion.precision()),
        Metric.higherIsBetter("recall", confusion.recall()),
        Metric.higherIsBetter("f1", confusion.f1()),
        Metric.higherIsBetter("roc-auc", area),
        Metric.higherIsBetter("gini", 2 * area - 1),
        Metric.higherIsBetter("average-precision", curves.averagePrecision()),
        Metric.higherIsBetter("ks", curves.kolmogorovSmirnov()),
        Metric.lowerIsBetter("log-loss", logLoss / rows()),
        Metric.lowerIsBetter("brier", squaredError / rows()),
        Metric.lowerIsBetter("ece", calibration.error()));
  }
}
