package org.millrace.features;

import java.time.Duration;
import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.features.behaviour.Cohorts;
import org.millrace.features.behaviour.EventChecks;
import org.millrace.features.behaviour.EventSource;
import org.millrace.features.behaviour.Funnel;
import org.millrace.features.behaviour.Users;

/**
 * The keys of behaviour; defaults and meanings are in {@code reference.conf}.
 *
 * @param output the published tables are called OUTPUT-users, OUTPUT-sessions and so on
 * @param sessionTimeout longest time between two events of a session
 */
public record BehaviourConfig(
    EventSource source,
    String output,
    EventChecks checks,
    Duration sessionTimeout,
    Users users,
    Cohorts cohorts,
    Optional<Funnel> funnel) {

  public BehaviourConfig {
    OutputNames.require(output);
    Check.that(
        sessionTimeout.toSeconds() >= 1 && sessionTimeout.toDays() <= 3660,
        "session-timeout",
        sessionTimeout,
        "a duration from 1 second to 3660 days");
  }
}
