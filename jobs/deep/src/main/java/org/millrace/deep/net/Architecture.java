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

  /** A list of layers that comes with Millrace. */
  record Shipped(ShippedLayers name) implements Architecture {
    @Override
    public Architecture resolved() {
      return name.read();
    }
  }

  /** A graph that a Java class makes, found by its name. */
  record Definition(String name, Map<String, String> parameters) implements Architecture {
    public Definition {
      Check.that(!name.isBlank(), "name", name, "the name of a definition");
      parameters = Map.copyOf(parameters);
    }
  }

  /**
   * A trained model with a new head.
   *
   * @param from the folder of a Millrace model, a {@code .zip} of DL4J or a {@code .h5} of Keras
   * @param freezeTo name of the last layer that does not learn any more; empty where all learn
   * @param allowUnsigned whether it may be a file from elsewhere
   */
  record Transferred(String from, String freezeTo, boolean allowUnsigned) implements Architecture {
    public Transferred {
      Check.that(!from.isBlank(), "from", from, "the path of a model");
    }
  }
}
