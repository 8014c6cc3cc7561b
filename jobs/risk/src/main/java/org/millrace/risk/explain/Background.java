package org.millrace.risk.explain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import org.millrace.risk.model.Predictor;

/**
 * Encoded training rows whose values stand for those of a feature that is taken as unknown, for
 * explainers that know nothing of a predictor but what it says.
 */
public final class Background implements Serializable {
  private static final long serialVersionUID = 1L;

  /** As many as the sampled explanations of Lundberg's package take of a summary. */
  public static final int ROWS = 32;

  private final float[][] rows;

  /**
   * @param rows at least one, all of one length
   */
  @JsonCreator
  public Background(@JsonProperty("rows") float[][] rows) {
    this.rows = rows.clone();
  }

  @JsonProperty("rows")
  public float[][] rows() {
    return rows.clone();
  }

  /** The mean of what a predictor says of them. */
  double mean(Predictor predictor, int output) {
    double[] raw = new double[predictor.outputs()];
    double sum = 0;
    for (float[] row : rows) {
      predictor.raw(row, raw);
      sum += raw[output];
    }
    return sum / rows.length;
  }
}
