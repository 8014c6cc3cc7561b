package org.millrace.deep.dl4j;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.millrace.outcome.Stop;

/** What a use-case file gives a network definition. */
public final class DefinitionParameters {
  private final String definition;
  private final Map<String, String> given;
  private final TreeSet<String> known = new TreeSet<>();

  public DefinitionParameters(String definition, Map<String, String> given) {
    this.definition = definition;
    this.given = new TreeMap<>(given);
  }

  /**
   * A whole number above 0.
   *
   * @throws Stop exit 2 where it is none
   */
  public int positive(String name, int otherwise) {
    known.add(name);
    String value = given.get(name);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("[1-9][0-9]{0,6}")) {
      throw Stop.usage(
          "parameter %s of the network %s is %s; accepted: a whole number from 1 to 9999999",
          name, definition, value);
    }
    return Integer.parseInt(value);
  }

  /**
   * After all parameters were asked for.
   *
   * @throws Stop exit 2 where there are others
   */
  public void refuseOthers() {
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        throw Stop.usage(
            "the network %s has no parameter %s; accepted: %s",
            definition, name, String.join(", ", known));
      }
    }
  }
}
