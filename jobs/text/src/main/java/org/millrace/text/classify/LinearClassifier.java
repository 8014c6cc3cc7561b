package org.millrace.text.classify;

import org.apache.spark.ml.linalg.Vector;

/**
 * A weighted sum a class.
 *
 * @param weights classes x size of a vector, a class after the other
 * @param intercepts one a class
 * @param link what makes probabilities of the sums
 */
@SuppressWarnings("ArrayRecordComponent") // Read by loops and never compared.
public record LinearClassifier(double[] weights, double[] intercepts, Link link)
    implements Classifier {

  @Override
  public int classes() {
    return intercepts.length;
  }

  public int size() {
    return weights.length / intercepts.length;
  }

  @Override
  public double[] scores(Vector features) {
    double[] scores = intercepts.clone();
    int size = size();
    features.foreachActive(
        (at, value) -> {
          for (int c = 0; c < scores.length; c++) {
            scores[c] += weights[c * size + (Integer) at] * (Double) value;
          }
          return scala.runtime.BoxedUnit.UNIT;
        });
    return scores;
  }

  @Override
  public float[] probabilities(double[] scores) {
    return link.probabilities(scores);
  }
}
