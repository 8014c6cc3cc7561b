package org.millrace.risk.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** A weighted sum of the raw scores of predictors that say one number each. */
public final class BlendPredictor implements Predictor {
  private static final long serialVersionUID = 1L;

  private final Predictor[] parts;
  private final double[] slopes;
  private final double intercept;

  /**
   * @param slopes one a part
   * @throws IllegalArgumentException if a part says several numbers
   */
  @JsonCreator
  public BlendPredictor(
      @JsonProperty("parts") List<Predictor> parts,
      @JsonProperty("slopes") double[] slopes,
      @JsonProperty("intercept") double intercept) {
    if (parts.size() != slopes.length || parts.stream().anyMatch(p -> p.outputs() != 1)) {
      throw new IllegalArgumentException(
          "a blend is of predictors of one number, with a slope each");
    }
    this.parts = parts.toArray(Predictor[]::new);
    this.slopes = slopes.clone();
    this.intercept = intercept;
  }

  @Override
  public int outputs() {
    return 1;
  }

  @Override
  public void raw(float[] row, double[] raw) {
    double sum = intercept;
    for (int p = 0; p < parts.length; p++) {
      parts[p].raw(row, raw);
      sum += slopes[p] * raw[0];
    }
    raw[0] = sum;
  }

  @Override
  public void raw(float[][] rows, int count, double[][] raw) {
    double[] sums = new double[count];
    for (int p = 0; p < parts.length; p++) {
      parts[p].raw(rows, count, raw);
      for (int r = 0; r < count; r++) {
        sums[r] += slopes[p] * raw[r][0];
      }
    }
    for (int r = 0; r < count; r++) {
      raw[r][0] = intercept + sums[r];
    }
  }

  @JsonProperty("parts")
  public List<Predictor> parts() {
    return List.of(parts);
  }

  @JsonProperty("slopes")
  public double[] slopes() {
    return slopes.clone();
  }

  @JsonProperty("intercept")
  public double intercept() {
    return intercept;
  }
}
