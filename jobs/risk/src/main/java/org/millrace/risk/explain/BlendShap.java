package org.millrace.risk.explain;

import java.util.List;

/**
 * Contributions to a weighted sum of predictors: the same sum of the contributions to each, as
 * Shapley values are linear in what they explain (Shapley 1953, the axiom of additivity).
 */
public final class BlendShap implements Explainer {
  private static final long serialVersionUID = 1L;

  private final Explainer[] parts;
  private final double[] slopes;
  private final double intercept;

  /**
   * @param slopes one a part
   */
  public BlendShap(List<Explainer> parts, double[] slopes, double intercept) {
    this.parts = parts.toArray(Explainer[]::new);
    this.slopes = slopes.clone();
    this.intercept = intercept;
  }

  @Override
  public double expected(int output) {
    double sum = intercept;
    for (int p = 0; p < parts.length; p++) {
      sum += slopes[p] * parts[p].expected(output);
    }
    return sum;
  }

  @Override
  public void explain(float[][] rows, int count, int output, double[][] contributions) {
    double[][] ofPart = new double[count][contributions[0].length];
    for (int r = 0; r < count; r++) {
      java.util.Arrays.fill(contributions[r], 0);
    }
    for (int p = 0; p < parts.length; p++) {
      for (double[] row : ofPart) {
        java.util.Arrays.fill(row, 0);
      }
      parts[p].explain(rows, count, output, ofPart);
      for (int r = 0; r < count; r++) {
        for (int f = 0; f < contributions[r].length; f++) {
          contributions[r][f] += slopes[p] * ofPart[r][f];
        }
      }
    }
  }
}
