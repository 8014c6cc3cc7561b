package org.millrace.deep.dl4j;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.millrace.deep.dl4j.kernel.NativeKernels;
import org.millrace.deep.net.Architecture.Transferred;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.Optimization;
import org.millrace.outcome.Stop;

/**
 * A trained model to start from: a folder of {@link ModelFiles}, a model file of DL4J or one of
 * Keras.
 */
public final class Parent {
  private static final String ZIP = ".zip";
  private static final String HDF5 = ".h5";

  private Parent() {}

  /**
   * An engine whose network begins with what its parent has learned; its head is new.
   *
   * @param network whose architecture tells the parent
   * @throws Stop exit 2 where the parent is not allowed or does not take the network's inputs
   */
  public static Dl4jEngine engine(
      Network network,
      Configuration hadoop,
      Optimization optimization,
      long seed,
      int stepsPerEpoch)
      throws IOException {
    NativeKernels.prepare();
    Transferred transferred = (Transferred) network.architecture();
    ComputationGraph graph = read(transferred, hadoop);
    if (graph.getNumInputArrays() != network.inputs().size()) {
      throw Stop.usage(
          "the model %s has %d inputs, the network %d",
          transferred.from(), graph.getNumInputArrays(), network.inputs().size());
    }
    Start start = Transfer.start(graph, transferred.freezeTo(), network.task(), optimization, seed);
    graph.close();
    return new Dl4jEngine(network, start, optimization, seed, stepsPerEpoch);
  }

  /**
   * Sees that there is something to start from.
   *
   * @return whether it is the folder of a Millrace model, whose trust is for its store to tell
   * @throws Stop exit 2 where there is nothing, or a file of another kind, or one that is not
   *     allowed
   */
  public static boolean requireKind(Transferred transferred, Configuration hadoop)
      throws IOException {
    Path parent = new Path(transferred.from());
    FileSystem files = parent.getFileSystem(hadoop);
    if (!files.exists(parent)) {
      throw Stop.usage("there is no model %s to start from", parent);
    } else if (files.getFileStatus(parent).isDirectory()) {
      return true;
    } else if (!parent.getName().endsWith(ZIP) && !parent.getName().endsWith(HDF5)) {
      throw Stop.usage(
          "%s is no model to start from; accepted: the folder of a Millrace model, a %s of DL4J or"
              + " a %s of Keras",
          parent, ZIP, HDF5);
    } else if (!transferred.allowUnsigned()) {
      throw Stop.usage(
          "%s has no signature; if you trust who made it, set allow-unsigned = true", parent);
    }
    return false;
  }

  /**
   * Reads the parent, which must be trusted, and sees that training could begin with it.
   *
   * @throws Stop exit 2 where it is no model, or has no layer that it is to be frozen to
   */
  public static void requireUsable(Transferred transferred, Configuration hadoop)
      throws IOException {
    NativeKernels.prepare();
    ComputationGraph graph = read(transferred, hadoop);
    Transfer.requireLayer(graph.getConfiguration(), transferred.freezeTo());
    graph.close();
  }

  private static ComputationGraph read(Transferred transferred, Configuration hadoop)
      throws IOException {
    boolean folder = requireKind(transferred, hadoop);
    Path parent = new Path(transferred.from());
    FileSystem files = parent.getFileSystem(hadoop);
    if (folder) {
      return ModelFiles.readGraph(files, new Path(parent, ModelFiles.GRAPH));
    }
    if (parent.getName().endsWith(HDF5)) {
      return keras(files, parent);
    }
    try {
      return ModelFiles.readGraph(files, parent);
    } catch (GraphZip.NoModel e) {
      throw Stop.usage("%s", e.getMessage()).because(e);
    }
  }

  /** HDF5 wants a local file. */
  private static ComputationGraph keras(FileSystem files, Path parent) throws IOException {
    java.nio.file.Path local = Files.createTempFile("keras", HDF5);
    try {
      files.copyToLocalFile(false, parent, new Path(local.toUri()), true);
      return KerasFile.read(local, parent.toString());
    } finally {
      Files.delete(local);
    }
  }
}
