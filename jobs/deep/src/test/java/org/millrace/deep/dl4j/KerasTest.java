package org.millrace.deep.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.deep.data.Batch;
import org.millrace.deep.dl4j.kernel.NativeKernels;
import org.millrace.deep.net.Architecture;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.net.Shape;
import org.millrace.deep.net.Task;
import org.millrace.deep.train.Engine.Slot;
import org.millrace.outcome.Stop;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A Keras file and what it says, both written by src/test/scripts/keras_model.py. */
class KerasTest {
  private static final Shape IMAGE = new Shape.Image(8, 6, 2);

  @TempDir private Path folder;

  @BeforeAll
  static void useTheKernelsOfProduction() {
    NativeKernels.prepare();
  }

  private static Path file(String name) throws URISyntaxException {
    return Path.of(KerasTest.class.getResource("/keras/" + name).toURI());
  }

  private static Batch images(JsonNode reference) {
    float[] values = new float[3 * IMAGE.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (float)
              reference
                  .at("/images/%d/%d".formatted(i / IMAGE.size(), i % IMAGE.size()))
                  .asDouble();
    }
    Batch.Input input = new Batch.Input("input", IMAGE, values, null);
    return new Batch(3, List.of(input), new float[] {0, 1, 1}, new float[] {1, 1, 1});
  }

  @Test
  void aKerasModelSaysWhatNumpySays() throws IOException, URISyntaxException {
    JsonNode reference = new ObjectMapper().readTree(file("cnn-reference.json").toFile());
    ComputationGraph graph = KerasFile.read(file("cnn.h5"), "cnn.h5");
    INDArray images =
        new InputArrays(ImageOrder.of(graph)).of(images(reference).inputs().get(0), 3).values();

    float[][] said = graph.output(images)[0].toFloatMatrix();

    for (int row = 0; row < 3; row++) {
      for (int output = 0; output < 3; output++) {
        double expected = reference.at("/predictions/%d/%d".formatted(row, output)).asDouble();
        assertThat((double) said[row][output]).isCloseTo(expected, within(1e-5));
      }
    }
    graph.close();
  }

  @Test
  void aKerasModelLearnsOnWithANewHead() throws IOException, URISyntaxException {
    Network network =
        new Network(
            List.of(new NetworkInput("input", IMAGE)),
            new Architecture.Transferred(file("cnn.h5").toString(), "conv2d_1", true),
            new Task.Classes(2));
    Dl4jEngine engine =
        Parent.engine(
            network, new Configuration(), Samples.optimization(Samples.ADAM, 0.01), 7, 10);
    ComputationGraph keras = KerasFile.read(file("cnn.h5"), "cnn.h5");
    try (Dl4jReplica replica = engine.replica(Slot.CPU)) {
      Batch unseen = Samples.batch(network, 64, -1);
      double before = replica.evaluate(unseen).mean();
      for (int step = 0; step < 60; step++) {
        replica.apply(replica.gradient(Samples.batch(network, 32, step), step).weight());
      }
      assertThat(replica.evaluate(unseen).mean()).isLessThan(before * 0.8);
      assertThat(replica.graph().getVertex("conv2d_1").params())
          .isEqualTo(keras.getVertex("conv2d_1").params());
    }
    keras.close();
  }

  @Test
  void convolutionsOfKerasMustBeFrozen() throws URISyntaxException {
    Network network =
        new Network(
            List.of(new NetworkInput("input", IMAGE)),
            new Architecture.Transferred(file("cnn.h5").toString(), "", true),
            new Task.Classes(2));
    assertThatThrownBy(
            () ->
                Parent.engine(
                    network, new Configuration(), Samples.optimization(Samples.ADAM, 0.01), 7, 10))
        .isInstanceOf(Stop.class)
        .hasMessageStartingWith("the layer conv2d_1 takes images pixel by pixel")
        .hasMessageEndingWith("set freeze-to = conv2d_1 or a later layer");
  }

  @Test
  void whatIsNoKerasFileIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5");
    assertThatThrownBy(() -> KerasFile.read(text, "s3a://models/text.h5"))
        .isInstanceOf(Stop.class)
        .hasMessageStartingWith("s3a://models/text.h5 cannot be read as a model of Keras: ");
  }
}
