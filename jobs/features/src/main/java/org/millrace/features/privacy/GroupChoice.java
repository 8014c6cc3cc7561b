package org.millrace.features.privacy;

import java.io.Serializable;
import org.millrace.config.Check;

/**
 * Which groups are told: that a group exists may give a person away, so one is told only where a
 * noisy number of its persons is above a threshold that one person alone passes with a probability
 * of delta at most.
 */
public record GroupChoice(double epsilon, double delta) implements Serializable {
  public GroupChoice {
    Check.that(epsilon > 0 && epsilon <= 100, "epsilon", epsilon, "above 0, at most 100");
    Check.that(delta > 0 && delta < 0.1, "delta", delta, "above 0, below 0.1");
  }

  /**
   * Noise of a person's groups at the scale groups / epsilon: one person makes a count of 1, which
   * passes by P(noise > threshold - 1) = exp(-(threshold - 1) epsilon / groups) / 2 in each of
   * them.
   */
  double threshold(Bounds bounds) {
    double scale = bounds.groups() / epsilon;
    return 1 + scale * Math.max(0, Math.log(bounds.groups() / (2 * delta)));
  }

  boolean mayBeTold(double persons, Bounds bounds, LaplaceNoise noise) {
    return noise.add(persons, bounds.groups(), epsilon) > threshold(bounds);
  }
}
