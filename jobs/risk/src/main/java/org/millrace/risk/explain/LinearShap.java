package org.millrace.risk.explain;

import org.millrace.risk.model.LinearPredictor;

/**
 * Exact contributions of a weighted sum against the means of the training rows: what a feature's
 * weight makes of its distance from the mean (Lundberg and Lee, 2017, Corollary 1). Being missing
 * contributes the weight that the model has learnt for that.
 */
public final class LinearShap implements Explainer {
  private static final long serialVersionUID = 1L;

  private final double[] intercepts;
  private final double[][] weights;
  private final double[][] missingWeights;
  private final double[] means;

  public LinearShap(LinearPredictor linear) {
    this.intercepts = linear.intercepts();
    this.weights = linear.weights();
    this.missingWeights = linear.missingWeights();
    this.means = linear.means();
  }

  @Override
  public double expected(int output) {
    double sum = intercepts[output];
    for (int f = 0; f < means.length; f++) {
      sum += weights[output][f] * means[f];
    }
    return sum;
  }

  @Override
  public void explain(float[][] rows, int count, int output, double[][] contributions) {
    for (int r = 0; r < count; r++) {
      for (int f = 0; f < means.length; f++) {
        float x = rows[r][f];
        contributions[r][f] =
            Float.isNaN(x) ? missingWeights[output][f] : weights[output][f] * (x - means[f]);
      }
    }
  }
}
