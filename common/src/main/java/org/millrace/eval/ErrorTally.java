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

  /** Adds a pair; both are finite. */
  public void add(double truth, double predicted) {
    double error = Math.abs(predicted - truth);
    pairs++;
    absolute += error;
    squared += error * error;
    double scale = Math.abs(truth) + Math.abs(predicted);
    symmetric += scale == 0 ? 0 : 2 * error / scale;
  }

  public ErrorTally merge(ErrorTally other) {
    pairs += other.pairs;
    absolute += other.absolute;
    squared += other.squared;
    symmetric += other.symmetric;
    return this;
  }

  public long pairs() {
    return pairs;
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
