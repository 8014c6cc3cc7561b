package org.millrace.deep.dl4j;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.millrace.outcome.Stop;

/** The network definitions on the classpath. */
public final class Definitions {
  private final Map<String, NetworkDefinition> byName = new TreeMap<>();

  private Definitions() {
    for (NetworkDefinition definition : ServiceLoader.load(NetworkDefinition.class)) {
      if (byName.put(definition.name(), definition) != null) {
        throw new IllegalStateException("two network definitions are named " + definition.name());
      }
    }
  }

  public static Definitions onClasspath() {
    return new Definitions();
  }

  public NetworkDefinition get(String name) {
    NetworkDefinition definition = byName.get(name);
    if (definition == null) {
      throw Stop.usage(
          "there is no network definition %s; there are: %s",
          name, String.join(", ", byName.keySet()));
    }
    return definition;
  }
}
