package org.millrace.deep.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.deep.data.Batch;
import org.millrace.deep.net.Activation;
import org.millrace.deep.net.Layer;
import org.millrace.deep.net.Merge;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.Padding;
import org.millrace.deep.net.Shape;
import org.millrace.deep.net.Summary;
import org.millrace.deep.net.Task;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gradients of every kind of layer against central differences, in 64 bits, with masks. */
class GradientTest {
  private static final double EPSILON = 1e-6;
  private static final int MOST = 40;
  private static final Task CLASSES = new Task.Classes(3);

  static Stream<Network> networks() {
    Shape image = new Shape.Image(6, 5, 2);
    Shape sequence = new Shape.Sequence(5, 3);
    Layer average = new Layer.GlobalPool(Summary.AVERAGE);
    return Stream.of(
        Samples.list(
            image,
            CLASSES,
            new Layer.Conv(3, 3, 1, Padding.SAME, Activation.TANH),
            new Layer.Pool(Summary.MAX, 2, 2, Padding.VALID),
            new Layer.Conv(2, 2, 2, Padding.VALID, Activation.ELU),
            new Layer.Dense(4, Activation.SIGMOID)),
        Samples.list(
            image,
            CLASSES,
            new Layer.Conv(3, 3, 2, Padding.SAME, Activation.IDENTITY),
            new Layer.BatchNorm(0.9, 1e-5),
            new Layer.Activate(Activation.LEAKY_RELU),
            new Layer.Pool(Summary.AVERAGE, 2, 1, Padding.SAME),
            average),
        Samples.list(
            new Shape.Flat(4),
            new Task.Numbers(2, Task.Loss.MSE),
            new Layer.Dense(5, Activation.TANH),
            new Layer.BatchNorm(0.9, 1e-5)),
        Samples.list(
            new Shape.Flat(4),
            new Task.Numbers(2, Task.Loss.MAE),
            new Layer.Dense(5, Activation.RELU)),
        Samples.list(sequence, CLASSES, new Layer.Lstm(4, 1), new Layer.LastStep()),
        Samples.list(sequence, CLASSES, new Layer.Lstm(4, 1), new Layer.Lstm(3, 0), average),
        Samples.list(
            sequence,
            CLASSES,
            new Layer.Bidirectional(3, 1, Merge.CONCATENATE),
            new Layer.GlobalPool(Summary.MAX)),
        Samples.list(sequence, CLASSES, new Layer.Bidirectional(3, 1, Merge.MULTIPLY), average),
        Samples.list(sequence, CLASSES, new Layer.Bidirectional(3, 1, Merge.AVERAGE), average),
        Samples.list(sequence, CLASSES, new Layer.Bidirectional(3, 1, Merge.ADD), average),
        Samples.list(
            new Shape.Tokens(6, 5),
            CLASSES,
            new Layer.Embedding(3),
            new Layer.Lstm(4, 1),
            new Layer.LastStep()));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientsAreDerivatives(Network network) {
    ComputationGraphConfiguration configuration =
        GraphTranslation.of(network, Samples.optimization(Samples.SGD, 0.1), 7);
    configuration.setDataType(DataType.DOUBLE);
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    Batch batch = Samples.batch(network, 4, 5);
    InputArrays.Arrays arrays =
        new InputArrays(ImageOrder.CHANNELS_FIRST).of(batch.inputs().get(0), 4);
    INDArray[] masks =
        arrays.mask() == null ? null : new INDArray[] {arrays.mask().castTo(DataType.DOUBLE)};
    INDArray[] inputs = {arrays.values().castTo(DataType.DOUBLE)};
    INDArray labels = new TargetArrays(network.task()).targets(batch).castTo(DataType.DOUBLE);

    score(graph, inputs, labels, masks);
    double[] calculated =
        graph.getFlattenedGradients().reshape(graph.numParams()).dup().toDoubleVector();
    boolean[] statistics = statistics(graph);
    int checked = 0;
    int stride = Math.max(1, calculated.length / MOST);
    for (int i = 0; i < calculated.length; i += stride) {
      if (statistics[i]) {
        continue;
      }
      double value = graph.params().getDouble(i);
      graph.params().putScalar(i, value + EPSILON);
      double above = score(graph, inputs, labels, masks);
      graph.params().putScalar(i, value - EPSILON);
      double below = score(graph, inputs, labels, masks);
      graph.params().putScalar(i, value);
      double difference = (above - below) / (2 * EPSILON);
      assertThat(Math.abs(calculated[i] - difference))
          .as("parameter %d: %s, by differences %s", i, calculated[i], difference)
          .isLessThan(1e-6 + 1e-5 * Math.abs(difference));
      checked++;
    }
    assertThat(checked).isGreaterThan(10);
    graph.close();
  }

  private static double score(
      ComputationGraph graph, INDArray[] inputs, INDArray labels, INDArray[] masks) {
    graph.setInputs(inputs);
    graph.setLabels(labels);
    graph.setLayerMaskArrays(masks, null);
    graph.computeGradientAndScore();
    graph.clearLayerMaskArrays();
    return graph.score();
  }

  private static boolean[] statistics(ComputationGraph graph) {
    boolean[] statistics = new boolean[(int) graph.numParams()];
    FloatBuffer ones = FloatBuffer.allocate(statistics.length);
    for (int i = 0; i < statistics.length; i++) {
      ones.put(i, 1);
    }
    new RunningStatistics(graph).takeOut(ones);
    for (int i = 0; i < statistics.length; i++) {
      statistics[i] = ones.get(i) == 0;
    }
    return statistics;
  }
}
