package org.millrace.eval;

import java.io.Serializable;
import java.util.List;

/**
 * Errors of predicted numbers, one pair at a time; tallies of parts of a table add up. All targets
 * of a row count alike.
 */
public final class ErrorTally implements Serializable {
  private static final long serialVersionUID = 1L;

  private long pairs;
  private double absolute;
  private double squared;
  private double symmetric;
  private double meanTruth;
  private double spread;
  private long relativePairs;
  private double relative;

  /** Adds a pair; both are finite. */
  public void add(double truth, double predicted) {
    double error = Math.abs(predicted - truth);
    pairs++;
    absolute += error;
    squared += error * error;
    double scale = Math.abs(truth) + Math.abs(predicted);
    symmetric += scale == 0 ? 0 : 2 * error / scale;
    double distance = truth - meanTruth;
    meanTruth += distance / pairs;
    spread += distance * (truth - meanTruth);
    if (truth != 0) {
      relativePairs++;
      relative += error / Math.abs(truth);
    }
  }

  public ErrorTally merge(ErrorTally other) {
    if (other.pairs > 0) {
      double distance = other.meanTruth - meanTruth;
      double share = (double) other.pairs / (pairs + other.pairs);
      meanTruth += distance * share;
      spread += other.spread + distance * distance * pairs * share;
    }
    relativePairs += other.relativePairs;
    relative += other.relative;
    pairs += other.pairs;
    absolute += other.absolute;
    squared += other.squared;
    symmetric += other.symmetric;
    return this;
  }

  public long pairs() {
    return pairs;
  }

  /**
   * The coefficient of determination: the share of the truths' variance that is explained; below 0
   * where the mean does better, NaN where all truths are equal. Only of pairs of one unit.
   */
  public double r2() {
    return spread == 0 ? Double.NaN : 1 - squared / spread;
  }

  /**
   * The mean absolute error relative to the truth, as a share. Pairs whose truth is 0 are left out;
   * NaN where all are.
   */
  public double mape() {
    return relativePairs == 0 ? Double.NaN : relative / relativePairs;
  }

  /** mae, rmse (both in the target's unit) and smape (0 to 2; Makridakis 1993 as in M4). */
  public List<Metric> metrics() {
    return List.of(
        Metric.lowerIsBetter("mae", absolute / pairs),
        Metric.lowerIsBetter("rmse", Math.sqrt(squared / pairs)),
        Metric.lowerIsBetter("smape", symmetric / pairs));
  }

  /** The names of {@link #metrics()}. */
  public static List<String> names() {
    return List.of("mae", "rmse", "smape");
  }
}
