package org.millrace.deep.net;

import java.io.Serializable;
import org.millrace.config.Check;

/**
 * The learning rate over time.
 *
 * @param start the greatest
 * @param warmUp epochs, or a share of one, in which it grows to that, evenly
 */
public record LearningRate(double start, double warmUp, Decay decay) implements Serializable {
  public LearningRate {
    Check.that(start > 0, "start", start, "above 0");
    Check.that(warmUp >= 0, "warm-up", warmUp, "0 epochs or more");
  }

  /**
   * The rate of a step.
   *
   * @param step from 0
   * @param stepsPerEpoch what an epoch is
   */
  public double at(long step, int stepsPerEpoch) {
    double warmUpSteps = warmUp * stepsPerEpoch;
    double growth = step + 1 < warmUpSteps ? (step + 1) / warmUpSteps : 1;
    return start * growth * decay.factor((double) step / stepsPerEpoch);
  }
}
