package org.millrace.risk.measure;

import java.util.List;
import org.millrace.eval.ClassificationTally;
import org.millrace.eval.Metric;

/** Probabilities of several classes beside the true class. */
public final class ClassesTally implements TaskTally {
  private static final long serialVersionUID = 1L;
  private final ClassificationTally tally;
  private final float[] probabilities;

  ClassesTally(int classes) {
    tally = new ClassificationTally(classes);
    probabilities = new float[classes];
  }

  @Override
  public void add(double truth, double[] said) {
    for (int c = 0; c < probabilities.length; c++) {
      probabilities[c] = (float) said[c];
    }
    tally.add((int) truth, probabilities);
  }

  @Override
  public ClassesTally merge(TaskTally other) {
    tally.merge(((ClassesTally) other).tally);
    return this;
  }

  @Override
  public long rows() {
    return tally.rows();
  }

  @Override
  public List<Metric> metrics() {
    return tally.metrics();
  }

  /** Counts by class. */
  public ClassificationTally counts() {
    return tally;
  }
}
