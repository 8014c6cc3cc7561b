package org.millrace.deep.train;

import java.io.Serializable;
import org.millrace.config.Check;

/** What the ranks average, and when. */
public sealed interface Averaging extends Serializable {
  /** Gradients, at every step: all ranks together take the step of one with the joined batch. */
  record Gradients() implements Averaging {}

  /**
   * Parameters: between two averages each rank goes its own way, weighted then by the rows that it
   * saw. The updater's state, such as momentum, stays each rank's own.
   *
   * @param everySteps steps of each rank between two averages; the last step of an epoch is one
   */
  record Parameters(int everySteps) implements Averaging {
    public Parameters {
      Check.that(everySteps >= 1, "every-steps", everySteps, "1 or more steps");
    }
  }
}
