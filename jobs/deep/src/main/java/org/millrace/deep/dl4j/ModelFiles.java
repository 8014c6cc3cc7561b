package org.millrace.deep.dl4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.millrace.deep.net.Clipping;
import org.millrace.deep.net.Decay;
import org.millrace.deep.net.LearningRate;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.NetworkJson;
import org.millrace.deep.net.Optimization;
import org.millrace.deep.net.Precision;
import org.millrace.deep.net.Updater;
import org.millrace.deep.net.WeightInit;
import org.millrace.deep.train.Engine.Slot;

/**
 * A trained network in a folder: {@value #NETWORK}, what it is, and {@value #GRAPH}, DL4J's own
 * model file.
 */
public final class ModelFiles {
  public static final String NETWORK = "network.json";
  public static final String GRAPH = "network.zip";

  /** Of a network that does not learn any more. */
  private static final Optimization NONE =
      new Optimization(
          new Updater.Sgd(),
          new LearningRate(1, 0, new Decay.Constant()),
          new Clipping.None(),
          0,
          WeightInit.XAVIER,
          Precision.FLOAT);

  private ModelFiles() {}

  /**
   * Writes what an engine's replica has learned.
   *
   * @param state as the replica saved it
   */
  public static void write(Dl4jEngine engine, InputStream state, FileSystem files, Path folder)
      throws IOException {
    try (Dl4jReplica replica = engine.replica(Slot.CPU)) {
      replica.load(state);
      try (OutputStream out = files.create(new Path(folder, GRAPH), true)) {
        GraphZip.write(replica.exported(), out);
      }
    }
    try (OutputStream out = files.create(new Path(folder, NETWORK), true)) {
      out.write(NetworkJson.write(engine.network()));
    }
  }

  /** The network as it was written, to score with. */
  public static Dl4jEngine read(FileSystem files, Path folder) throws IOException {
    Path description = new Path(folder, NETWORK);
    Network network;
    try (FSDataInputStream in = files.open(description)) {
      network = NetworkJson.read(in.readAllBytes(), description.toString());
    }
    ComputationGraph graph = readGraph(files, new Path(folder, GRAPH));
    Start start = Start.Given.of(graph);
    graph.close();
    return new Dl4jEngine(network, start, NONE, 0, 1);
  }

  static ComputationGraph readGraph(FileSystem files, Path file) throws IOException {
    try (FSDataInputStream in = files.open(file)) {
      return GraphZip.read(in, file.toString());
    }
  }
}
