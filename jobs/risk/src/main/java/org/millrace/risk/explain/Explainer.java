package org.millrace.risk.explain;

import java.io.Serializable;

/**
 * Tells by how much each encoded feature moved a raw score away from what is expected when nothing
 * is known of the row. It has no state of its own: any number of threads may ask it at once.
 */
public interface Explainer extends Serializable {

  /** The raw score that contributions start from. */
  double expected(int output);

  /**
   * Contributions of features to a raw score.
   *
   * @param rows encoded, of which the first {@code count} are explained
   * @param output whose raw score is explained
   * @param contributions the first {@code count} arrays are filled, a number for each feature
   */
  void explain(float[][] rows, int count, int output, double[][] contributions);
}
