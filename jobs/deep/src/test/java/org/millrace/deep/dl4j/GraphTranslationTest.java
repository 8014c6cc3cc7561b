package org.millrace.deep.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.deep.net.Activation;
import org.millrace.deep.net.Architecture;
import org.millrace.deep.net.Layer;
import org.millrace.deep.net.LayerRow;
import org.millrace.deep.net.Merge;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.net.Padding;
import org.millrace.deep.net.Shape;
import org.millrace.deep.net.ShippedLayers;
import org.millrace.deep.net.Summary;
import org.millrace.deep.net.Task;

class GraphTranslationTest {
  private static final Task TASK = new Task.Classes(3);

  private static Network shipped(ShippedLayers name, Shape input, Task task) {
    return new Network(
        List.of(new NetworkInput("input", input)), new Architecture.Shipped(name), task);
  }

  static Stream<Network> networks() {
    Shape image = new Shape.Image(11, 8, 3);
    Shape sequence = new Shape.Sequence(9, 4);
    Stream<Network> windows =
        Stream.of(Padding.values())
            .flatMap(
                padding ->
                    Stream.of(1, 2, 3)
                        .flatMap(
                            stride ->
                                Stream.of(
                                    Samples.list(
                                        image,
                                        TASK,
                                        new Layer.Conv(5, 3, stride, padding, Activation.RELU)),
                                    Samples.list(
                                        image,
                                        TASK,
                                        new Layer.Pool(Summary.MAX, 2, stride, padding)))));
    Stream<Network> recurrent =
        Stream.of(Merge.values())
            .map(
                merge ->
                    Samples.list(
                        sequence,
                        TASK,
                        new Layer.Bidirectional(6, 1, merge),
                        new Layer.GlobalPool(Summary.AVERAGE)));
    Stream<Network> others =
        Stream.of(
            Samples.list(new Shape.Flat(7), TASK, new Layer.BatchNorm(0.9, 1e-5)),
            Samples.list(
                image,
                TASK,
                new Layer.BatchNorm(0.9, 1e-5),
                new Layer.Activate(Activation.ELU),
                new Layer.Dropout(0.5),
                new Layer.GlobalPool(Summary.MAX),
                new Layer.Dense(4, Activation.SIGMOID)),
            Samples.lstm(),
            Samples.tokens());
    Stream<Network> shipped =
        Stream.of(
            shipped(ShippedLayers.CNN_28X28, new Shape.Image(28, 28, 1), new Task.Classes(10)),
            shipped(ShippedLayers.CNN_32X32, new Shape.Image(32, 32, 3), new Task.Classes(10)),
            shipped(ShippedLayers.CNN_224X224, new Shape.Image(224, 224, 3), new Task.Classes(100)),
            shipped(ShippedLayers.CNN_AUDIO, new Shape.Image(44, 13, 1), new Task.Classes(29)),
            shipped(ShippedLayers.LSTM_FEATURES, new Shape.Sequence(29, 12), new Task.Classes(9)),
            shipped(
                ShippedLayers.LSTM_FORECAST,
                new Shape.Sequence(336, 3),
                new Task.Numbers(48, Task.Loss.MAE)),
            shipped(ShippedLayers.LSTM_TOKENS, new Shape.Tokens(200, 20000), new Task.Classes(2)));
    return Stream.of(windows, recurrent, others, shipped).flatMap(s -> s);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void shapesAndParametersAreThoseOfDl4j(Network network) {
    ComputationGraphConfiguration configuration =
        GraphTranslation.of(network, Samples.optimization(Samples.SGD, 0.1), 7);
    Map<String, InputType> types =
        configuration.getLayerActivationTypes(InputTypes.of(network.inputs().get(0).shape()));
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();

    for (LayerRow row : network.layers()) {
      assertThat(told(types.get(row.name()))).as(row.name()).isEqualTo(told(row.output()));
      assertThat(graph.getVertex(row.name()).numParams())
          .as(row.name())
          .isEqualTo(row.parameters());
    }
    assertThat(graph.numParams())
        .isEqualTo(network.layers().stream().mapToLong(LayerRow::parameters).sum());
    graph.close();
  }

  /** DL4J takes what a global pool makes of a sequence for a sequence of one step. */
  private static List<Integer> told(Shape shape) {
    if (shape instanceof Shape.Image image) {
      return List.of(image.height(), image.width(), image.channels());
    }
    return List.of(shape instanceof Shape.Sequence sequence ? sequence.features() : shape.size());
  }

  private static List<Integer> told(InputType type) {
    if (type instanceof InputType.InputTypeConvolutional image) {
      return Stream.of(image.getHeight(), image.getWidth(), image.getChannels())
          .map(Math::toIntExact)
          .toList();
    } else if (type instanceof InputType.InputTypeRecurrent sequence) {
      return List.of(Math.toIntExact(sequence.getSize()));
    }
    return List.of(Math.toIntExact(((InputType.InputTypeFeedForward) type).getSize()));
  }
}
