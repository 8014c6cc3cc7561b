package org.millrace.text.graph;

/** Probabilities of scores. */
final class Softmax {
  private Softmax() {}

  /**
   * Turns a row of scores into the slope of the cross-entropy of one of them.
   *
   * @param scale of the slopes
   * @return the cross-entropy
   */
  static double slope(float[] scores, int from, int length, int answer, float scale) {
    float own = scores[from + answer];
    float greatest = greatest(scores, from, length);
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      scores[i] = (float) Math.exp(scores[i] - greatest);
      sum += scores[i];
    }
    float by = (float) (scale / sum);
    for (int i = from; i < from + length; i++) {
      scores[i] *= by;
    }
    scores[from + answer] -= scale;
    return Math.log(sum) - (own - greatest);
  }

  /** The logarithm of the sum of the exponentials. */
  static double logSum(float[] scores, int from, int length) {
    float greatest = greatest(scores, from, length);
    double sum = 0;
    for (int i = from; i < from + length; i++) {
      sum += Math.exp(scores[i] - greatest);
    }
    return greatest + Math.log(sum);
  }

  private static float greatest(float[] scores, int from, int length) {
    float greatest = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + length; i++) {
      greatest = Math.max(greatest, scores[i]);
    }
    return greatest;
  }
}
