package org.millrace.text.classify;

import java.io.Serializable;
import org.apache.spark.ml.linalg.Vector;

/** What a learner learnt: tells how much each class is spoken for. */
public sealed interface Classifier extends Serializable
    permits LinearClassifier, GaussianClassifier {
  int classes();

  /** What speaks for each class before probabilities are made of it. */
  double[] scores(Vector features);

  /** Probabilities of the classes, adding up to 1. */
  float[] probabilities(double[] scores);

  /** Exponentials of scores, scaled to add up to 1. */
  static float[] softmax(double[] scores) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      greatest = Math.max(greatest, score);
    }
    double sum = 0;
    double[] weights = new double[scores.length];
    for (int c = 0; c < scores.length; c++) {
      weights[c] = Math.exp(scores[c] - greatest);
      sum += weights[c];
    }
    float[] probabilities = new float[scores.length];
    for (int c = 0; c < scores.length; c++) {
      probabilities[c] = (float) (weights[c] / sum);
    }
    return probabilities;
  }
}
