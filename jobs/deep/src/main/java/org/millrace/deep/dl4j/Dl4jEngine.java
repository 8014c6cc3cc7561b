package org.millrace.deep.dl4j;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.millrace.deep.dl4j.kernel.NativeKernels;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.Optimization;
import org.millrace.deep.train.Engine;

/**
 * Deeplearning4j. Serialized it is a description; the graph is made where it runs.
 *
 * @param seed of the initial parameters
 * @param stepsPerEpoch what an epoch is to the learning rate
 */
public record Dl4jEngine(Network network, Optimization optimization, long seed, int stepsPerEpoch)
    implements Engine {
  static {
    NativeKernels.prepare(); // Before anything here loads ND4J.
  }

  @Override
  public Dl4jReplica replica(Slot slot) {
    NativeKernels.prepare();
    Device.use(slot);
    ComputationGraph graph = new ComputationGraph(GraphTranslation.of(network, optimization, seed));
    graph.init();
    return new Dl4jReplica(graph, network, optimization, stepsPerEpoch);
  }
}
