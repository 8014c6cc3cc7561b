package org.millrace.deep.net;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.millrace.config.Check;

/** What lies between the inputs of a network and its output layer. */
public sealed interface Architecture extends Serializable {
  /** One layer after the other, behind one input. */
  record LayerList(List<Layer> layers) implements Architecture {
    public LayerList {
      layers = List.copyOf(layers);
    }
  }

  /** A graph that a Java class makes, found by its name. */
  record Definition(String name, Map<String, String> parameters) implements Architecture {
    public Definition {
      Check.that(!name.isBlank(), "name", name, "the name of a definition");
      parameters = Map.copyOf(parameters);
    }
  }
}
