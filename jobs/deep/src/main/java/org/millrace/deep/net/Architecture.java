package org.millrace.deep.net;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.millrace.config.Check;

/** What lies between the inputs of a network and its output layer. */
public sealed interface Architecture extends Serializable {
  /** The same, by itself: with nothing that is looked up elsewhere. */
  default Architecture resolved() {
    return this;
  }

  /** One layer after the other, behind one input. */
  record Layers(List<Layer> list) implements Architecture {
    public Layers {
      list = List.copyOf(list);
    }
  }

  /** A list of layers that comes with Millrace; {@link ShippedLayers} knows their names. */
  record Shipped(String name) implements Architecture {
    public Shipped {
      Check.that(
          ShippedLayers.names().contains(name),
          "name",
          name,
          String.join(", ", ShippedLayers.names()));
    }

    @Override
    public Architecture resolved() {
      return ShippedLayers.read(name);
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
