package org.millrace.deep.dl4j;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.Optimization;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Where a network begins. */
public sealed interface Start extends Serializable {
  /** The graph with its parameters, equal wherever it is made. */
  ComputationGraph graph(Network network, Optimization optimization, long seed);

  /** As it is described, with parameters drawn by chance. */
  record Drawn() implements Start {
    @Override
    public ComputationGraph graph(Network network, Optimization optimization, long seed) {
      ComputationGraphConfiguration configuration =
          GraphTranslation.of(network, optimization, seed);
      Regularizations.once(configuration);
      ComputationGraph graph = new ComputationGraph(configuration);
      graph.init();
      return graph;
    }
  }

  /**
   * As a graph of DL4J that was trained or put together before.
   *
   * @param configuration DL4J's JSON, with updater and regularization
   * @param parameters 4 bytes each, little endian, in DL4J's order
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares or changes them.
  record Given(String configuration, byte[] parameters) implements Start {
    static Given of(ComputationGraph graph) {
      FloatBuffer parameters = NativeFloats.of(graph.params()).read();
      byte[] array = new byte[parameters.capacity() * Float.BYTES];
      bytes(array).asFloatBuffer().put(0, parameters, 0, parameters.capacity());
      return new Given(graph.getConfiguration().toJson(), array);
    }

    @Override
    public ComputationGraph graph(Network network, Optimization optimization, long seed) {
      FloatBuffer given = bytes(parameters).asFloatBuffer();
      INDArray array = Nd4j.create(1, given.capacity());
      NativeFloats floats = NativeFloats.of(array);
      floats.buffer().put(0, given, 0, given.capacity());
      ComputationGraph graph =
          new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration));
      graph.init(floats.written(), false);
      return graph;
    }

    private static ByteBuffer bytes(byte[] array) {
      return ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
