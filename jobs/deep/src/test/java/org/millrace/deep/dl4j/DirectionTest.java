package org.millrace.deep.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.deep.data.Batch;
import org.millrace.deep.net.Architecture;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.net.Shape;
import org.millrace.deep.net.Task;
import org.millrace.deep.train.Engine.Slot;

/**
 * Replicas as they run in production, in 32 bits and with its kernels: the loss falls along the
 * gradient as fast as the gradient's length says, rows weighted.
 */
class DirectionTest {
  private static final double CHANGE = 0.002;

  @ParameterizedTest
  @MethodSource("org.millrace.deep.dl4j.GradientTest#networks")
  void theLossFallsAlongTheGradient(Network network) {
    check(new Dl4jEngine(network, Samples.optimization(Samples.SGD, 0.1), 7, 10));
  }

  @Test
  void soItDoesBehindFrozenLayersOfKeras() throws IOException, URISyntaxException {
    Path keras = Path.of(getClass().getResource("/keras/cnn.h5").toURI());
    Network network =
        new Network(
            List.of(new NetworkInput("input", new Shape.Image(8, 6, 2))),
            new Architecture.Transferred(keras.toString(), "max_pooling2d_1", true),
            new Task.Classes(3));
    check(
        Parent.engine(network, new Configuration(), Samples.optimization(Samples.SGD, 0.1), 7, 10));
  }

  private static void check(Dl4jEngine engine) {
    Batch batch = Samples.batch(engine.network(), 16, 3);
    try (Dl4jReplica replica = engine.replica(Slot.CPU)) {
      double loss = replica.gradient(batch, 1).sum();
      FloatBuffer parameters = replica.parameters();
      float[] start = new float[parameters.capacity()];
      parameters.get(0, start);
      float[] gradient = new float[start.length];
      replica.gradients().get(0, gradient);
      new RunningStatistics(replica.graph()).takeOut(FloatBuffer.wrap(gradient));
      double squares = 0;
      for (float g : gradient) {
        squares += (double) g * g;
      }
      double step = CHANGE * loss / squares / 2;
      double above = moved(replica, batch, start, gradient, step);
      double below = moved(replica, batch, start, gradient, -step);
      assertThat((above - below) / (2 * step * squares)).isCloseTo(1, within(0.005));
    }
  }

  private static double moved(
      Dl4jReplica replica, Batch batch, float[] start, float[] gradient, double by) {
    for (int i = 0; i < start.length; i++) {
      replica.parameters().put(i, (float) (start[i] + by * gradient[i]));
    }
    return replica.gradient(batch, 1).sum();
  }
}
