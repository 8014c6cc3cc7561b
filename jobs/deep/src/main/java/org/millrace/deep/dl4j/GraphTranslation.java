package org.millrace.deep.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.millrace.deep.net.Architecture.Definition;
import org.millrace.deep.net.Architecture.Layers;
import org.millrace.deep.net.Layer;
import org.millrace.deep.net.LayerRow;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.net.Optimization;
import org.millrace.deep.net.Shape;

/** Networks in DL4J's terms; always a graph, also where it is a list. */
final class GraphTranslation {
  private GraphTranslation() {}

  static ComputationGraphConfiguration of(Network network, Optimization optimization, long seed) {
    NeuralNetConfiguration.Builder base = Basis.of(optimization, seed);
    if (network.architecture() instanceof Definition definition) {
      return Definitions.onClasspath()
          .get(definition.name())
          .configuration(network.inputs(), network.task(), definition.parameters(), base);
    }
    if (!(network.architecture() instanceof Layers layers)) {
      throw new IllegalArgumentException(
          "there is nothing to translate in " + network.architecture());
    }
    return of(network, layers.list(), base);
  }

  /** DL4J itself flattens images before dense layers, since it is told the types of the inputs. */
  private static ComputationGraphConfiguration of(
      Network network, List<Layer> layers, NeuralNetConfiguration.Builder base) {
    ComputationGraphConfiguration.GraphBuilder graph = base.graphBuilder();
    NetworkInput input = network.inputs().get(0);
    graph.addInputs(input.name()).setInputTypes(InputTypes.of(input.shape()));
    List<LayerRow> rows = network.layers();
    String before = input.name();
    Shape in = input.shape();
    for (int i = 0; i < layers.size(); i++) {
      String name = rows.get(i).name();
      if (layers.get(i) instanceof Layer.LastStep) {
        graph.addVertex(name, new LastTimeStepVertex(input.name()), before);
      } else {
        graph.addLayer(name, LayerTranslation.of(layers.get(i), in), before);
      }
      before = name;
      in = rows.get(i).output();
    }
    graph.addLayer(Network.OUTPUT, OutputLayers.of(network.task()), before);
    return graph.setOutputs(Network.OUTPUT).build();
  }
}
