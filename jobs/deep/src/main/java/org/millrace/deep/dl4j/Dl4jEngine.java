package org.millrace.deep.dl4j;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.millrace.deep.dl4j.kernel.NativeKernels;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.Optimization;
import org.millrace.deep.train.Engine;

/**
 * Deeplearning4j. Serialized it is a description; the graph is made where it runs.
 *
 * @param start where the parameters begin
 * @param seed of those that are drawn
 * @param stepsPerEpoch what an epoch is to the learning rate
 */
public record Dl4jEngine(
    Network network, Start start, Optimization optimization, long seed, int stepsPerEpoch)
    implements Engine {
  /** With all parameters drawn. */
  public Dl4jEngine(Network network, Optimization optimization, long seed, int stepsPerEpoch) {
    this(network, new Start.Drawn(), optimization, seed, stepsPerEpoch);
  }

  @Override
  public Dl4jReplica replica(Slot slot) {
    prepare(slot);
    return replica(start.graph(network, optimization, seed));
  }

  /** A replica around a graph of this network, with what the graph has learned. */
  public Dl4jReplica replica(ComputationGraph graph) {
    return new Dl4jReplica(graph, network, optimization, stepsPerEpoch);
  }

  /** Before the first array of a thread. */
  public static void prepare(Slot slot) {
    NativeKernels.prepare();
    Device.use(slot);
  }
}
