package org.millrace.features.privacy;

import org.millrace.config.Check;

/**
 * The privacy loss that is allowed in all, over all runs that name it.
 *
 * @param name of the ledger: one for all that is ever told of the same persons
 */
public record Budget(String name, double epsilon, double delta) {
  public Budget {
    Check.that(name.matches("[a-z0-9][a-z0-9_-]*"), "name", name, "small letters, digits, - and _");
    Check.that(epsilon > 0 && epsilon <= 1000, "epsilon", epsilon, "above 0, at most 1000");
    Check.that(delta >= 0 && delta < 1, "delta", delta, "from 0, below 1");
  }
}
