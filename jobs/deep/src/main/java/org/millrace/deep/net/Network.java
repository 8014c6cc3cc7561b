package org.millrace.deep.net;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.millrace.deep.net.Architecture.Layers;
import org.millrace.deep.net.Shape.Flat;
import org.millrace.outcome.Stop;

/**
 * All that determines a network, but for its parameters; no engine is in it.
 *
 * @param architecture resolved
 */
public record Network(List<NetworkInput> inputs, Architecture architecture, Task task)
    implements Serializable {
  /** Name of the output layer. */
  public static final String OUTPUT = "output";

  /** 2 GiB of floats, of which training holds gradients and the updater's state as well. */
  private static final long MOST_PARAMETERS = 1L << 29;

  /**
   * @throws Stop exit 2 where the shapes of a list of layers do not fit
   */
  public Network {
    inputs = List.copyOf(inputs);
    architecture = architecture.resolved();
    if (inputs.isEmpty()) {
      throw Stop.usage("the network has no input; accepted: one or more");
    }
    long names = inputs.stream().map(NetworkInput::name).distinct().count();
    if (names < inputs.size()) {
      throw Stop.usage("two inputs of the network have the same name: %s", inputs);
    }
    if (architecture instanceof Layers layers) {
      if (inputs.size() > 1) {
        throw Stop.usage(
            "a list of layers stands behind one input, not behind %d; several are for a definition",
            inputs.size());
      }
      rows(inputs.get(0).shape(), layers.list(), task);
    }
  }

  /**
   * The layers in their order, the output layer as the last one; empty for a definition, whose
   * layers its engine knows.
   */
  public List<LayerRow> layers() {
    return architecture instanceof Layers layers
        ? rows(inputs.get(0).shape(), layers.list(), task)
        : List.of();
  }

  private static List<LayerRow> rows(Shape input, List<Layer> layers, Task task) {
    List<LayerRow> rows = new ArrayList<>();
    Shape shape = input;
    Layer before = null;
    for (Layer layer : layers) {
      int number = rows.size() + 1;
      Shape output = output(number, layer, before, shape);
      rows.add(new LayerRow(layer.kind() + "-" + number, output, layer.parameters(shape)));
      shape = output;
      before = layer;
    }
    if (!(shape instanceof Flat) && !(shape instanceof Shape.Image)) {
      throw Stop.usage(
          "the output layer, behind %d others, cannot take %s; it needs an image or numbers"
              + " (of a sequence: a last-step or a global-pool before)",
          rows.size(), shape.describe());
    }
    rows.add(new LayerRow(OUTPUT, new Flat(task.outputs()), (shape.size() + 1L) * task.outputs()));
    requireMemory(rows);
    return rows;
  }

  private static void requireMemory(List<LayerRow> rows) {
    double all = rows.stream().mapToDouble(LayerRow::parameters).sum();
    if (all > MOST_PARAMETERS) {
      LayerRow greatest =
          rows.stream().max(Comparator.comparingLong(LayerRow::parameters)).orElseThrow();
      throw Stop.usage(
          "the network has %,.0f parameters, %,d of them in %s; accepted: up to %,d, which are 2 GiB",
          all, greatest.parameters(), greatest.name(), MOST_PARAMETERS);
    }
  }

  private static Shape output(int number, Layer layer, Layer before, Shape in) {
    if (layer instanceof Layer.LastStep && before instanceof Layer.Bidirectional) {
      throw Stop.usage(
          "layer %d (last-step): the last step of a bidirectional layer has seen one step of the way back;"
              + " use a global-pool",
          number);
    }
    try {
      return layer.output(in);
    } catch (Misfit misfit) {
      throw Stop.usage(
          "layer %d (%s) cannot take %s; it needs %s",
          number, layer.kind(), in.describe(), misfit.needs());
    }
  }
}
