package org.millrace.risk.measure;

import java.io.Serializable;

/** Counts of rows by whether they are positive and whether they were selected. */
public final class ConfusionTally implements Serializable {
  private static final long serialVersionUID = 1L;
  private long truePositive;
  private long falsePositive;
  private long falseNegative;
  private long trueNegative;

  void add(boolean positive, boolean selected) {
    if (selected) {
      truePositive += positive ? 1 : 0;
      falsePositive += positive ? 0 : 1;
    } else {
      falseNegative += positive ? 1 : 0;
      trueNegative += positive ? 0 : 1;
    }
  }

  void merge(ConfusionTally other) {
    truePositive += other.truePositive;
    falsePositive += other.falsePositive;
    falseNegative += other.falseNegative;
    trueNegative += other.trueNegative;
  }

  public long rows() {
    return truePositive + falsePositive + falseNegative + trueNegative;
  }

  public long truePositive() {
    return truePositive;
  }

  public long falsePositive() {
    return falsePositive;
  }

  public long falseNegative() {
    return falseNegative;
  }

  public long trueNegative() {
    return trueNegative;
  }

  public double accuracy() {
    return (double) (truePositive + trueNegative) / rows();
  }

  /** 0 where nothing is selected, as in scikit-learn. */
  public double precision() {
    long selected = truePositive + falsePositive;
    return selected == 0 ? 0 : (double) truePositive / selected;
  }

  /** The true positive rate; 0 where nothing is positive, as in scikit-learn. */
  public double recall() {
    long positive = truePositive + falseNegative;
    return positive == 0 ? 0 : (double) truePositive / positive;
  }

  /** 0 where nothing is negative. */
  public double falsePositiveRate() {
    long negative = falsePositive + trueNegative;
    return negative == 0 ? 0 : (double) falsePositive / negative;
  }

  /** The share of rows that are selected. */
  public double selectionRate() {
    return (double) (truePositive + falsePositive) / rows();
  }

  /** The share of rows that are positive. */
  public double positiveShare() {
    return (double) (truePositive + falseNegative) / rows();
  }

  public double f1() {
    double sum = 2.0 * truePositive + falsePositive + falseNegative;
    return sum == 0 ? 0 : 2 * truePositive / sum;
  }
}
