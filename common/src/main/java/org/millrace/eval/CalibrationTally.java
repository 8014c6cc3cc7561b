package org.millrace.eval;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Probabilities beside how often what they told came true, in ten bins of equal width. Tallies of
 * parts of a table add up.
 */
public final class CalibrationTally implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BINS = 10;

  /** Rows, sum of probabilities, rows that came true. */
  private final double[][] bins = new double[BINS][3];

  public void add(double probability, boolean came) {
    double[] bin = bins[(int) Math.min(BINS - 1, Math.max(0, probability * BINS))];
    bin[0]++;
    bin[1] += probability;
    bin[2] += came ? 1 : 0;
  }

  public CalibrationTally merge(CalibrationTally other) {
    for (int b = 0; b < BINS; b++) {
      for (int i = 0; i < bins[b].length; i++) {
        bins[b][i] += other.bins[b][i];
      }
    }
    return this;
  }

  /** The expected calibration error (Guo et al. 2017): 0 to 1. */
  public double error() {
    double error = 0;
    double rows = 0;
    for (double[] bin : bins) {
      error += Math.abs(bin[1] - bin[2]);
      rows += bin[0];
    }
    return error / rows;
  }

  /** The bins that have rows, by ascending probability. */
  public List<CalibrationBin> bins() {
    List<CalibrationBin> shown = new ArrayList<>();
    for (double[] bin : bins) {
      if (bin[0] > 0) {
        shown.add(new CalibrationBin((long) bin[0], bin[1] / bin[0], bin[2] / bin[0]));
      }
    }
    return shown;
  }
}
