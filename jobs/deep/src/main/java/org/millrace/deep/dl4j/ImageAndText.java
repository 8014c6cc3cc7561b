package org.millrace.deep.dl4j;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.millrace.deep.net.Activation;
import org.millrace.deep.net.Layer;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.net.Padding;
import org.millrace.deep.net.Shape;
import org.millrace.deep.net.Summary;
import org.millrace.deep.net.Task;
import org.millrace.outcome.Stop;

/**
 * A picture and a text of each example: two convolutions here, an embedding and an LSTM there, and
 * a dense layer on both.
 */
public final class ImageAndText implements NetworkDefinition {
  @Override
  public String name() {
    return "image-and-text";
  }

  @Override
  public ComputationGraphConfiguration configuration(
      List<NetworkInput> inputs,
      Task task,
      Map<String, String> parameters,
      NeuralNetConfiguration.Builder base) {
    DefinitionParameters given = new DefinitionParameters(name(), parameters);
    int filters = given.positive("filters", 32);
    int embedding = given.positive("embedding", 64);
    int units = given.positive("units", 64);
    given.refuseOthers();
    NetworkInput image = only(inputs, Shape.Image.class);
    NetworkInput text = only(inputs, Shape.Tokens.class);

    ComputationGraphConfiguration.GraphBuilder graph = base.graphBuilder();
    inputs.forEach(input -> graph.addInputs(input.name()));
    graph
        .setInputTypes(InputTypes.of(inputs))
        .addLayer("conv-1", LayerTranslation.of(conv(filters), image.shape()), image.name())
        .addLayer("pool-1", LayerTranslation.of(POOL, image.shape()), "conv-1")
        .addLayer("conv-2", LayerTranslation.of(conv(2 * filters), image.shape()), "pool-1")
        .addLayer("pool-2", LayerTranslation.of(GLOBAL, image.shape()), "conv-2")
        .addLayer(
            "embedding",
            LayerTranslation.of(new Layer.Embedding(embedding), text.shape()),
            text.name())
        .addLayer("lstm", LayerTranslation.of(new Layer.Lstm(units, 1), text.shape()), "embedding")
        .addVertex("last-step", new LastTimeStepVertex(text.name()), "lstm")
        .addVertex("both", new MergeVertex(), "pool-2", "last-step")
        .addLayer(
            "dense",
            LayerTranslation.of(new Layer.Dense(units, Activation.RELU), text.shape()),
            "both")
        .addLayer(Network.OUTPUT, OutputLayers.of(task), "dense")
        .setOutputs(Network.OUTPUT);
    return graph.build();
  }

  private static final Layer POOL = new Layer.Pool(Summary.MAX, 2, 2, Padding.SAME);
  private static final Layer GLOBAL = new Layer.GlobalPool(Summary.AVERAGE);

  private static Layer conv(int filters) {
    return new Layer.Conv(filters, 3, 1, Padding.SAME, Activation.RELU);
  }

  private NetworkInput only(List<NetworkInput> inputs, Class<? extends Shape> shape) {
    List<NetworkInput> found = inputs.stream().filter(i -> shape.isInstance(i.shape())).toList();
    if (found.size() != 1 || inputs.size() != 2) {
      throw Stop.usage(
          "the network %s needs two inputs, an image and token ids; it has %s",
          name(),
          String.join(
              ", ", inputs.stream().map(i -> i.name() + ": " + i.shape().describe()).toList()));
    }
    return found.get(0);
  }
}
