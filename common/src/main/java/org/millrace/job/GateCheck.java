package org.millrace.job;

import java.util.List;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.model.Gate;

/** Checks the gate in a job's configuration. */
public final class GateCheck {
  private GateCheck() {}

  /**
   * Refuses a gate on what is not measured.
   *
   * @param measured names of the metrics that the job measures
   */
  public static void that(Optional<Gate> gate, List<String> measured) {
    gate.ifPresent(
        g ->
            Check.that(
                measured.contains(g.metric()),
                "gate.metric",
                g.metric(),
                "one of " + String.join(", ", measured)));
  }
}
