package org.millrace.deep.dl4j;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.net.Task;
import org.nd4j.linalg.activations.Activation;

/** An example of a definition: what a block of two convolutions makes is added to what it gets. */
public final class SkipConnections implements NetworkDefinition {
  @Override
  public String name() {
    return "skip-connections";
  }

  @Override
  public ComputationGraphConfiguration configuration(
      List<NetworkInput> inputs,
      Task task,
      Map<String, String> parameters,
      NeuralNetConfiguration.Builder base) {
    DefinitionParameters given = new DefinitionParameters(name(), parameters);
    int filters = given.positive("filters", 8);
    given.refuseOthers();
    return base.graphBuilder()
        .addInputs(inputs.get(0).name())
        .setInputTypes(InputTypes.of(inputs))
        .addLayer("stem", conv(filters), inputs.get(0).name())
        .addLayer("first", conv(filters), "stem")
        .addLayer("second", conv(filters), "first")
        .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "stem", "second")
        .addLayer("relu", new ActivationLayer(Activation.RELU), "sum")
        .addLayer("pool", new GlobalPoolingLayer(PoolingType.AVG), "relu")
        .addLayer(Network.OUTPUT, OutputLayers.of(task), "pool")
        .setOutputs(Network.OUTPUT)
        .build();
  }

  private static ConvolutionLayer conv(int filters) {
    return new ConvolutionLayer.Builder(3, 3)
        .convolutionMode(ConvolutionMode.Same)
        .nOut(filters)
        .activation(Activation.TANH)
        .build();
  }
}
