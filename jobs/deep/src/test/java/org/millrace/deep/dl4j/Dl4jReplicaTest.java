package org.millrace.deep.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.deep.data.Batch;
import org.millrace.deep.net.Activation;
import org.millrace.deep.net.Layer;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.Optimization;
import org.millrace.deep.net.Padding;
import org.millrace.deep.net.Shape;
import org.millrace.deep.net.Task;
import org.millrace.deep.net.Updater;
import org.millrace.deep.train.Engine.Slot;
import org.millrace.deep.train.Replica;
import org.millrace.deep.train.Replica.Loss;

class Dl4jReplicaTest {
  private static Replica replica(Network network, Optimization optimization) {
    return new Dl4jEngine(network, optimization, 7, 10).replica(Slot.CPU);
  }

  private static float[] copy(FloatBuffer buffer) {
    float[] copy = new float[buffer.capacity()];
    buffer.get(0, copy);
    return copy;
  }

  static Stream<Arguments> networksAndUpdaters() {
    return Stream.of(Samples.cnn(), Samples.lstm(), Samples.tokens())
        .flatMap(
            n ->
                Stream.of(
                    Arguments.of(n, Samples.optimization(Samples.SGD, 0.1)),
                    Arguments.of(n, Samples.optimization(Samples.ADAM, 0.01))));
  }

  @ParameterizedTest
  @MethodSource("networksAndUpdaters")
  void unequalPartsOfABatchLearnWhatTheWholeLearns(Network network, Optimization optimization) {
    try (Replica whole = replica(network, optimization);
        Replica first = replica(network, optimization);
        Replica second = replica(network, optimization)) {
      float[] start = copy(whole.parameters());
      assertThat(copy(first.parameters())).isEqualTo(start);
      for (int step = 0; step < 50; step++) {
        Batch batch = Samples.batch(network, 16, step);
        Loss loss = whole.gradient(batch, step);
        whole.apply(loss.weight());

        int cut = step % 16; // In the first round a part without rows.
        Loss one = first.gradient(Samples.rows(batch, 0, cut), step);
        Loss two = second.gradient(Samples.rows(batch, cut, 16), step);
        assertThat(one.sum() + two.sum()).isCloseTo(loss.sum(), within(1e-5 * loss.sum()));
        double weight = one.weight() + two.weight();
        assertThat(weight).isEqualTo(loss.weight());
        for (int i = 0; i < start.length; i++) {
          float sum = first.gradients().get(i) + second.gradients().get(i);
          first.gradients().put(i, sum);
          second.gradients().put(i, sum);
        }
        first.apply(weight);
        second.apply(weight);
      }
      assertThat(copy(first.parameters())).isEqualTo(copy(second.parameters()));
      assertThat(distance(first.parameters(), whole.parameters()))
          .isLessThan(1e-3 * distance(FloatBuffer.wrap(start), whole.parameters()));
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  private static double distance(FloatBuffer one, FloatBuffer other) {
    double sum = 0;
    for (int i = 0; i < one.capacity(); i++) {
      sum += Math.pow(one.get(i) - other.get(i), 2);
    }
    return Math.sqrt(sum);
  }

  @ParameterizedTest
  @MethodSource("networksAndUpdaters")
  void itLearnsWhatIsPlanted(Network network, Optimization optimization) {
    try (Replica replica = replica(network, optimization)) {
      Batch unseen = Samples.batch(network, 64, -1);
      double before = replica.evaluate(unseen).mean();
      for (int step = 0; step < 200; step++) {
        replica.apply(replica.gradient(Samples.batch(network, 32, step), step).weight());
      }
      assertThat(replica.evaluate(unseen).mean()).isLessThan(before * 0.7);
    }
  }

  @Test
  void aStateContinuesBitByBit() throws IOException {
    Network network =
        Samples.list(
            new Shape.Image(8, 8, 1),
            new Task.Classes(3),
            new Layer.Conv(4, 3, 1, Padding.SAME, Activation.IDENTITY),
            new Layer.BatchNorm(0.9, 1e-5),
            new Layer.Activate(Activation.RELU),
            new Layer.Dropout(0.3),
            new Layer.Dense(8, Activation.RELU),
            new Layer.Dropout(0.5));
    Optimization adam = Samples.optimization(new Updater.AdamW(0.9, 0.999, 1e-8, 0.01), 0.01);
    ByteArrayOutputStream state = new ByteArrayOutputStream();
    try (Replica straight = replica(network, adam);
        Replica resumed = replica(network, adam)) {
      for (int step = 0; step < 20; step++) {
        if (step == 10) {
          straight.save(state);
          resumed.load(new ByteArrayInputStream(state.toByteArray()));
        }
        Batch batch = Samples.batch(network, 8, step);
        straight.apply(straight.gradient(batch, step).weight());
        if (step >= 10) {
          resumed.apply(resumed.gradient(batch, step).weight());
        }
      }
      assertThat(copy(resumed.parameters())).isEqualTo(copy(straight.parameters()));
    }
  }
}
