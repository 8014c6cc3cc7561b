package org.millrace.risk.measure;

import java.io.Serializable;
import org.millrace.eval.CalibrationTally;
import org.millrace.eval.ErrorTally;
import org.millrace.risk.model.Task;

/** What a model said of the rows of one group, in little space. */
public final class GroupTally implements Serializable {
  private static final long serialVersionUID = 1L;
  private final ConfusionTally confusion = new ConfusionTally();
  private final CalibrationTally calibration = new CalibrationTally();
  private final ErrorTally errors = new ErrorTally();
  private double said;
  private double truth;

  void add(Task task, double was, double[] told, double threshold) {
    said += told[0];
    truth += was;
    if (task == Task.BINARY) {
      confusion.add(was > 0, told[0] >= threshold);
      calibration.add(told[0], was > 0);
    } else {
      errors.add(was, told[0]);
    }
  }

  void merge(GroupTally other) {
    confusion.merge(other.confusion);
    calibration.merge(other.calibration);
    errors.merge(other.errors);
    said += other.said;
    truth += other.truth;
  }

  public long rows() {
    return confusion.rows() + errors.pairs();
  }

  /** Counts at the threshold, of a binary task. */
  public ConfusionTally confusion() {
    return confusion;
  }

  /** Expected calibration error, of a binary task. */
  public double calibrationError() {
    return calibration.error();
  }

  /** The mean of the probabilities or values that were told. */
  public double meanSaid() {
    return said / rows();
  }

  /** The share of positive rows, or the mean of the true values. */
  public double meanTruth() {
    return truth / rows();
  }

  /** Of a regression. */
  public ErrorTally errors() {
    return errors;
  }
}
