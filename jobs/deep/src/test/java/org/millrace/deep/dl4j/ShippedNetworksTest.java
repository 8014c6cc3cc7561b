package org.millrace.deep.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.deep.data.Batch;
import org.millrace.deep.net.Architecture;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.net.Shape;
import org.millrace.deep.net.ShippedLayers;
import org.millrace.deep.net.Task;
import org.millrace.deep.train.Engine;
import org.millrace.deep.train.Replica;

/** Every list of layers that comes with Millrace learns, also of sequences of different lengths. */
class ShippedNetworksTest {
  private static final Map<ShippedLayers, Shape> SHAPES =
      Map.of(
          ShippedLayers.CNN_28X28, new Shape.Image(28, 28, 1),
          ShippedLayers.CNN_32X32, new Shape.Image(32, 32, 3),
          ShippedLayers.CNN_224X224, new Shape.Image(224, 224, 3),
          ShippedLayers.CNN_AUDIO, new Shape.Image(44, 13, 1),
          ShippedLayers.LSTM_FEATURES, new Shape.Sequence(6, 3),
          ShippedLayers.LSTM_FORECAST, new Shape.Sequence(6, 2),
          ShippedLayers.LSTM_TOKENS, new Shape.Tokens(6, 20));

  @ParameterizedTest
  @EnumSource
  void learnsOfRowsOfDifferentLengths(ShippedLayers name) {
    boolean numbers = name == ShippedLayers.LSTM_FORECAST;
    Task task = numbers ? new Task.Numbers(2, Task.Loss.MAE) : new Task.Classes(2);
    Shape shape = SHAPES.get(name);
    assertThat(shape).as(name.name()).isNotNull();
    Network network =
        new Network(
            List.of(new NetworkInput("in", shape)),
            new Architecture.Shipped(name).resolved(),
            task);
    Batch batch = Samples.batch(network, shape.size() > 100_000 ? 2 : 6, 5);
    Engine engine = new Dl4jEngine(network, Samples.optimization(Samples.ADAM, 0.003), 7, 100);
    try (Replica replica = engine.replica(Engine.Slot.CPU)) {
      double before = replica.evaluate(batch).mean();
      for (int step = 0; step < 12; step++) {
        replica.apply(replica.gradient(batch, step).weight());
      }
      assertThat(replica.evaluate(batch).mean()).isFinite().isLessThan(before);
    }
  }
}
