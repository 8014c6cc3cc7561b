package org.millrace.deep.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.deep.data.Batch;
import org.millrace.deep.net.Activation;
import org.millrace.deep.net.Architecture;
import org.millrace.deep.net.Layer;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.net.Optimization;
import org.millrace.deep.net.Padding;
import org.millrace.deep.net.Shape;
import org.millrace.deep.net.Task;
import org.millrace.deep.net.Updater;
import org.millrace.deep.train.Engine.Slot;
import org.millrace.deep.train.Replica;
import org.millrace.outcome.Stop;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Models in files, and training that starts from them. */
class TransferTest {
  private static final Optimization ADAM =
      Samples.optimization(new Updater.AdamW(0.9, 0.999, 1e-8, 0.1), 0.01);

  private static final Shape SHAPE = new Shape.Image(8, 8, 1);

  @TempDir private java.nio.file.Path folder;

  private static Network network(Task task) {
    return Samples.list(
        SHAPE,
        task,
        new Layer.Conv(4, 3, 1, Padding.SAME, Activation.IDENTITY),
        new Layer.BatchNorm(0.9, 1e-5),
        new Layer.Activate(Activation.RELU),
        new Layer.Dropout(0.2),
        new Layer.Dense(8, Activation.RELU));
  }

  private static final Network PARENT = network(new Task.Classes(3));
  private static final Network CHILD = child(new Path("any"), "", false);

  private static Network child(Path parent, String freezeTo, boolean allowUnsigned) {
    return new Network(
        List.of(new NetworkInput("input", SHAPE)),
        new Architecture.Transferred(parent.toString(), freezeTo, allowUnsigned),
        new Task.Classes(5));
  }

  private static Dl4jEngine engine(Path parent, String freezeTo) throws IOException {
    return Parent.engine(child(parent, freezeTo, true), new Configuration(), ADAM, 3, 10);
  }

  private Path path() {
    return new Path(folder.toUri());
  }

  private FileSystem files() throws IOException {
    return path().getFileSystem(new Configuration());
  }

  private static void train(Replica replica, Network network, int from, int to) {
    for (int step = from; step < to; step++) {
      replica.apply(replica.gradient(Samples.batch(network, 8, step), step).weight());
    }
  }

  /** Leaves a trained parent in the folder and gives what it says of a batch. */
  private float[][] parent(Batch batch) throws IOException {
    Dl4jEngine engine = new Dl4jEngine(PARENT, ADAM, 7, 10);
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    try (Replica replica = engine.replica(Slot.CPU)) {
      train(replica, PARENT, 0, 20);
      replica.save(state);
      ModelFiles.write(engine, new ByteArrayInputStream(state.toByteArray()), files(), path());
      return replica.predict(batch);
    }
  }

  @Test
  void aModelSaysTheSameBehindItsFilesHereAndInDl4j() throws IOException {
    Batch batch = Samples.batch(PARENT, 5, 99);
    float[][] said = parent(batch);

    Dl4jEngine read = ModelFiles.read(files(), path());
    assertThat(read.network()).isEqualTo(PARENT);
    try (Replica replica = read.replica(Slot.CPU)) {
      assertThat(replica.predict(batch)).isDeepEqualTo(said);
    }
    try (InputStream in = Files.newInputStream(folder.resolve(ModelFiles.GRAPH))) {
      ComputationGraph graph = ModelSerializer.restoreComputationGraph(in);
      INDArray input =
          new InputArrays(ImageOrder.CHANNELS_FIRST).of(batch.inputs().get(0), 5).values();
      assertThat(graph.output(input)[0].toFloatMatrix()).isDeepEqualTo(said);
      graph.close();
    }
  }

  @Test
  void frozenLayersStayAndTheOthersLearn() throws IOException {
    parent(Samples.batch(PARENT, 5, 99));
    Dl4jEngine engine = engine(path(), "activate-3");
    try (Dl4jReplica replica = engine.replica(Slot.CPU);
        Dl4jReplica parent = ModelFiles.read(files(), path()).replica(Slot.CPU)) {
      INDArray dense = replica.graph().getVertex("dense-5").params().dup();
      assertThat(dense).isEqualTo(parent.graph().getVertex("dense-5").params());
      Batch unseen = Samples.batch(CHILD, 64, -1);
      double before = replica.evaluate(unseen).mean();

      train(replica, CHILD, 0, 60);

      for (String frozen : new String[] {"conv-1", "batch-norm-2"}) {
        assertThat(replica.graph().getVertex(frozen).params())
            .as(frozen)
            .isEqualTo(parent.graph().getVertex(frozen).params());
      }
      assertThat(replica.graph().getVertex("dense-5").params()).isNotEqualTo(dense);
      assertThat(replica.evaluate(unseen).mean()).isLessThan(before * 0.8);
      assertThat(replica.predict(unseen)[0]).hasSize(5);
    }
  }

  @Test
  void theStateOfAFrozenNetworkContinuesBitByBit() throws IOException {
    parent(Samples.batch(PARENT, 5, 99));
    Dl4jEngine engine = engine(path(), "conv-1");
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    try (Replica straight = engine.replica(Slot.CPU);
        Replica resumed = engine.replica(Slot.CPU)) {
      train(straight, CHILD, 0, 10);
      straight.save(state);
      train(straight, CHILD, 10, 20);
      resumed.load(new ByteArrayInputStream(state.toByteArray()));
      train(resumed, CHILD, 10, 20);
      assertThat(resumed.parameters().mismatch(straight.parameters())).isEqualTo(-1);
    }
  }

  @Test
  void aParentThatDoesNotFitIsRefused() throws IOException {
    parent(Samples.batch(PARENT, 5, 99));
    assertThatThrownBy(() -> engine(path(), "conv-9"))
        .isInstanceOf(Stop.class)
        .hasMessageStartingWith("freeze-to is conv-9, which the model has not; accepted: conv-1,");
    assertThatThrownBy(() -> engine(path(), "output"))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("the layer that is replaced");
    assertThatThrownBy(() -> engine(new Path(path(), "none"), ""))
        .isInstanceOf(Stop.class)
        .hasMessageStartingWith("there is no model ");
    Path graph = new Path(path(), ModelFiles.GRAPH);
    assertThatThrownBy(
            () -> Parent.engine(child(graph, "", false), new Configuration(), ADAM, 3, 10))
        .isInstanceOf(Stop.class)
        .hasMessageEndingWith(
            "network.zip has no signature; if you trust who made it, set allow-unsigned = true");
    assertThat(engine(graph, "").start()).isInstanceOf(Start.Given.class);
    Path text = new Path(path(), "model.zip");
    Files.writeString(folder.resolve("model.zip"), "no zip");
    assertThatThrownBy(() -> engine(text, ""))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("model.zip is no model of DL4J: it lacks configuration.json");
  }
}
