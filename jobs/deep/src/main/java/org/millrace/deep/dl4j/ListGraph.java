package org.millrace.deep.dl4j;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** A list of layers of DL4J as a graph in which the layers keep their names. */
final class ListGraph {
  private static final String INPUT = "input";

  private ListGraph() {}

  static ComputationGraph of(MultiLayerNetwork network) {
    MultiLayerConfiguration list = network.getLayerWiseConfigurations().clone();
    ComputationGraphConfiguration.GraphBuilder graph =
        new NeuralNetConfiguration.Builder().dataType(list.getDataType()).graphBuilder();
    graph.addInputs(INPUT);
    String before = INPUT;
    List<NeuralNetConfiguration> layers = list.getConfs();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i).getLayer();
      String name = layer.getLayerName() == null ? "layer-" + i : layer.getLayerName();
      graph.addLayer(name, layer, list.getInputPreProcess(i), before);
      before = name;
    }
    // The last layer may be any: it is replaced, or it is what is asked.
    graph.setOutputs(before).validateOutputLayerConfig(false);
    ComputationGraph same = new ComputationGraph(graph.build());
    same.init();
    same.setParams(network.params());
    return same;
  }
}
