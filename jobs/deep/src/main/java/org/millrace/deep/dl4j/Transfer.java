package org.millrace.deep.dl4j;

import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.Optimization;
import org.millrace.deep.net.Task;
import org.millrace.deep.net.Updater;
import org.millrace.outcome.Stop;

/**
 * A trained graph with a new head: all in front of its last dense layer is kept; up to a named
 * layer it does not learn any more, nor drop out, nor move running statistics.
 */
final class Transfer {
  private Transfer() {}

  /**
   * @param freezeTo name of the last layer that stays as it is; empty where all learn
   * @throws Stop exit 2 where the graph has no such layer, or no head to replace
   */
  static Start.Given start(
      ComputationGraph parent, String freezeTo, Task task, Optimization optimization, long seed) {
    ComputationGraphConfiguration configuration = parent.getConfiguration();
    requireLayer(configuration, freezeTo);
    TransferLearning.GraphBuilder builder =
        new TransferLearning.GraphBuilder(parent).fineTuneConfiguration(tuning(optimization, seed));
    if (!freezeTo.isEmpty()) {
      builder.setFeatureExtractor(freezeTo);
    }
    String last = configuration.getNetworkOutputs().get(0);
    while (!isDense(configuration.getVertices().get(last))) {
      builder.removeVertexAndConnections(last);
      last = before(configuration, last);
    }
    if (last.equals(freezeTo)) {
      throw Stop.usage("freeze-to is %s, the layer that is replaced; name one before it", freezeTo);
    }
    LayerVertex head = (LayerVertex) configuration.getVertices().get(last);
    builder.removeVertexAndConnections(last);
    OutputLayer output = OutputLayers.of(task);
    output.setNIn(((FeedForwardLayer) head.getLayerConf().getLayer()).getNIn());
    builder.addLayer(Network.OUTPUT, output, head.getPreProcessor(), before(configuration, last));
    ComputationGraph graph = builder.setOutputs(Network.OUTPUT).build();
    refuseChannelsLast(graph);
    Regularizations.once(graph.getConfiguration());
    Start.Given start = Start.Given.of(graph);
    graph.close();
    return start;
  }

  /**
   * @throws Stop exit 2 where the graph has no layer of the name
   */
  static void requireLayer(ComputationGraphConfiguration configuration, String freezeTo) {
    if (!freezeTo.isEmpty() && !configuration.getVertices().containsKey(freezeTo)) {
      throw Stop.usage(
          "freeze-to is %s, which the model has not; accepted: %s",
          freezeTo, String.join(", ", configuration.getVertices().keySet()));
    }
  }

  /**
   * DL4J's gradients of convolutions over images that are stored pixel by pixel are wrong with
   * oneDNN and fail without.
   */
  private static void refuseChannelsLast(ComputationGraph graph) {
    String last = null;
    for (Layer layer : graph.getLayers()) {
      boolean learns = layer.numParams() > 0 && !(layer instanceof FrozenLayer);
      if (learns && ImageOrder.isLast(layer.conf().getLayer())) {
        last = layer.conf().getLayer().getLayerName();
      }
    }
    if (last != null) {
      throw Stop.usage(
          "the layer %s takes images pixel by pixel, as Keras stores them, which DL4J can apply but"
              + " not train; set freeze-to = %s or a later layer",
          last, last);
    }
  }

  /** What has weights of its own for each output: not an activation or a loss by itself. */
  private static boolean isDense(GraphVertex vertex) {
    return vertex instanceof LayerVertex layer
        && layer.getLayerConf().getLayer() instanceof FeedForwardLayer dense
        && dense.getNIn() > 0;
  }

  private static String before(ComputationGraphConfiguration configuration, String name) {
    List<String> inputs = configuration.getVertexInputs().get(name);
    if (inputs == null || inputs.size() != 1) {
      throw Stop.usage(
          "the model has no dense layer at its end to replace: in front of %s is %s",
          name, inputs == null ? "nothing" : String.join(", ", inputs));
    }
    return inputs.get(0);
  }

  private static FineTuneConfiguration tuning(Optimization optimization, long seed) {
    FineTuneConfiguration.Builder tuning =
        new FineTuneConfiguration.Builder()
            .seed(seed)
            .miniBatch(false)
            .updater(Basis.updater(optimization))
            .gradientNormalization(GradientNormalization.None)
            .l1(0)
            .l2(optimization.l2());
    boolean decays = optimization.updater() instanceof Updater.AdamW;
    tuning.weightDecay(decays ? ((Updater.AdamW) optimization.updater()).decay() : 0, true);
    return tuning.build();
  }
}
