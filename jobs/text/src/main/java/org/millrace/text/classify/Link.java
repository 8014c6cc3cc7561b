package org.millrace.text.classify;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;

/** What makes probabilities of a linear classifier's sums. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Link.Softmax.class, name = "softmax"),
  @JsonSubTypes.Type(value = Link.Sigmoids.class, name = "sigmoids"),
})
public sealed interface Link extends Serializable {
  float[] probabilities(double[] scores);

  /** The sums are logarithms of probabilities, but for a constant. */
  record Softmax() implements Link {
    @Override
    public float[] probabilities(double[] scores) {
      return Classifier.softmax(scores);
    }
  }

  /**
   * A sigmoid of each class's sum (Platt 1999), scaled to add up to 1.
   *
   * @param slopes one a class
   * @param offsets one a class
   */
  @SuppressWarnings("ArrayRecordComponent") // Read by loops and never compared.
  record Sigmoids(double[] slopes, double[] offsets) implements Link {
    @Override
    public float[] probabilities(double[] scores) {
      double[] each = new double[scores.length];
      double sum = 0;
      for (int c = 0; c < scores.length; c++) {
        each[c] = 1 / (1 + Math.exp(-slopes[c] * scores[c] - offsets[c])) + 1e-12;
        sum += each[c];
      }
      float[] probabilities = new float[scores.length];
      for (int c = 0; c < scores.length; c++) {
        probabilities[c] = (float) (each[c] / sum);
      }
      return probabilities;
    }
  }
}
