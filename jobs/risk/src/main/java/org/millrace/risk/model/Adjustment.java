package org.millrace.risk.model;

import java.io.Serializable;

/**
 * What is done to the probabilities of a row after the link function: a correction of the prior or
 * a calibration. It has no state that changes.
 */
public interface Adjustment extends Serializable {

  /**
   * Changes probabilities in place.
   *
   * @param probabilities one of the positive class for binary tasks; one of each class, adding up
   *     to 1, for multiclass tasks
   */
  void adjust(double[] probabilities);
}
