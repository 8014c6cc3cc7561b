package org.millrace.deep.train;

import java.io.Serializable;
import org.millrace.config.Check;

/**
 * When a training writes down all that it needs to go on.
 *
 * @param everySteps steps between two checkpoints, 0 for none by steps
 * @param everyMinutes time between two checkpoints, 0 for none by time
 * @param keep how many are kept
 */
public record Checkpoints(int everySteps, double everyMinutes, int keep) implements Serializable {
  public Checkpoints {
    Check.that(everySteps >= 0, "every-steps", everySteps, "0 (never) or more steps");
    Check.that(everyMinutes >= 0, "every-minutes", everyMinutes, "0 (never) or more minutes");
    Check.that(keep >= 1, "keep", keep, "1 or more checkpoints");
  }

  public long everyMillis() {
    return Math.round(everyMinutes * 60_000);
  }
}
