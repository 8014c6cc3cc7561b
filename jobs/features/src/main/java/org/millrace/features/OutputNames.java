package org.millrace.features;

import org.millrace.config.Check;

/** Names of the tables that this family publishes. */
final class OutputNames {
  private OutputNames() {}

  static void require(String output) {
    Check.that(
        output.matches("[a-z0-9][a-z0-9_-]*"),
        "output",
        output,
        "small letters, digits, - and _, such as shop");
  }
}
