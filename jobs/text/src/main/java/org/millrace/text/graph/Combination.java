package org.millrace.text.graph;

import java.io.Serializable;

/**
 * What of a grid is tried together.
 *
 * @param dimension of the vectors; complex ones have twice as many floats
 * @param learningRate of Adagrad
 * @param regularization weight of the cubed absolute values (N3; Lacroix et al., 2018)
 */
public record Combination(
    Scoring scoring, int dimension, double learningRate, double regularization)
    implements Serializable {

  @Override
  public String toString() {
    return "%s, dimension %d, learning-rate %s, regularization %s"
        .formatted(
            scoring.name().toLowerCase(java.util.Locale.ROOT),
            dimension,
            learningRate,
            regularization);
  }
}
