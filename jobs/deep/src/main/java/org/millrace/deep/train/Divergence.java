package org.millrace.deep.train;

import org.millrace.outcome.Stop;

/** The end of a training whose numbers are no numbers any more. */
public final class Divergence {
  private Divergence() {}

  /**
   * @param what is no number
   * @param step of the epoch, from 1
   */
  public static Stop of(String what, double loss, int epoch, int step) {
    return Stop.failed(
        "the training has diverged: %s is no number any more (mean loss %s) in epoch %d, step %d; lower the learning rate, or clip the gradients",
        what, loss, epoch, step);
  }
}
