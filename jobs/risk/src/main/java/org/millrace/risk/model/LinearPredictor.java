package org.millrace.risk.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A weighted sum. Where a value is missing, the mean of the training rows stands for it and a
 * weight of its own is added, so that being missing tells something.
 */
public final class LinearPredictor implements Predictor {
  private static final long serialVersionUID = 1L;

  private final double[] intercepts;
  private final double[][] weights;
  private final double[][] missingWeights;
  private final double[] means;

  /**
   * @param intercepts one an output
   * @param weights output x feature
   * @param missingWeights output x feature: added where the feature is missing
   * @param means of the features over the training rows that have them
   */
  @JsonCreator
  public LinearPredictor(
      @JsonProperty("intercepts") double[] intercepts,
      @JsonProperty("weights") double[][] weights,
      @JsonProperty("missingWeights") double[][] missingWeights,
      @JsonProperty("means") double[] means) {
    this.intercepts = intercepts.clone();
    this.weights = weights.clone();
    this.missingWeights = missingWeights.clone();
    this.means = means.clone();
  }

  @Override
  public int outputs() {
    return intercepts.length;
  }

  @Override
  public void raw(float[] row, double[] raw) {
    for (int o = 0; o < intercepts.length; o++) {
      double sum = intercepts[o];
      double[] w = weights[o];
      for (int f = 0; f < w.length; f++) {
        sum += Float.isNaN(row[f]) ? w[f] * means[f] + missingWeights[o][f] : w[f] * row[f];
      }
      raw[o] = sum;
    }
  }

  @JsonProperty("intercepts")
  public double[] intercepts() {
    return intercepts.clone();
  }

  /** Output x feature. */
  @JsonProperty("weights")
  public double[][] weights() {
    return weights.clone();
  }

  /** Output x feature. */
  @JsonProperty("missingWeights")
  public double[][] missingWeights() {
    return missingWeights.clone();
  }

  @JsonProperty("means")
  public double[] means() {
    return means.clone();
  }
}
