package org.millrace.text.classify;

import org.apache.spark.ml.linalg.Vector;

/**
 * Naive Bayes of numbers that are normally distributed in each class.
 *
 * @param priors logarithms of the classes' shares
 * @param means classes x size of a vector, a class after the other
 * @param variances as the means
 */
@SuppressWarnings("ArrayRecordComponent") // Read by loops and never compared.
public record GaussianClassifier(double[] priors, double[] means, double[] variances)
    implements Classifier {

  @Override
  public int classes() {
    return priors.length;
  }

  @Override
  public double[] scores(Vector features) {
    double[] scores = priors.clone();
    double[] numbers = features.toArray();
    for (int c = 0; c < scores.length; c++) {
      for (int i = 0; i < numbers.length; i++) {
        int at = c * numbers.length + i;
        double off = numbers[i] - means[at];
        scores[c] -= 0.5 * (Math.log(2 * Math.PI * variances[at]) + off * off / variances[at]);
      }
    }
    return scores;
  }

  @Override
  public float[] probabilities(double[] scores) {
    return Classifier.softmax(scores);
  }
}
