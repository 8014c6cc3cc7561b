package org.millrace.deep.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.deep.data.Batch;
import org.millrace.deep.data.BatchSource;
import org.millrace.deep.data.Batches;
import org.millrace.deep.net.Activation;
import org.millrace.deep.net.Layer;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.Optimization;
import org.millrace.deep.net.Padding;
import org.millrace.deep.net.Shape;
import org.millrace.deep.net.Task;
import org.millrace.deep.train.Averaging;
import org.millrace.deep.train.Checkpoints;
import org.millrace.deep.train.Engine.Slot;
import org.millrace.deep.train.Replica;
import org.millrace.deep.train.Stopping;
import org.millrace.deep.train.SynchronousTrainer;
import org.millrace.deep.train.Trained;
import org.millrace.deep.train.Training;
import org.millrace.deep.train.TrainingListener;
import org.millrace.deep.train.TrainingPlan;
import org.millrace.testing.LocalSpark;

/** DL4J under the synchronous trainer: two ranks against one process with the joined batch. */
class TwoRanksIT {
  private static final int STEPS = 50;
  private static final int ROWS = 16;

  @TempDir Path folder;

  /**
   * The rows of each step in equal parts, but in the last step, where the last of two ranks lacks
   * five.
   */
  record Dealt(Network network, int ranks) implements Batches {
    @Override
    public long rows(int rank) {
      return (long) STEPS * batchSize() - (rank == ranks - 1 ? 5 : 0);
    }

    @Override
    public int batchSize() {
      return ROWS / ranks;
    }

    @Override
    public BatchSource open(int rank) {
      return new BatchSource() {
        @Override
        public Batch batch(int epoch, int index) {
          int end = (rank + 1) * batchSize();
          int lacking = index == STEPS - 1 && rank == ranks - 1 ? 5 : 0;
          Batch joined = Samples.batch(network, ROWS, index);
          return Samples.rows(joined, rank * batchSize(), end - lacking);
        }

        @Override
        public void close() {}
      };
    }
  }

  private float[] train(Network network, Optimization optimization, int ranks) throws IOException {
    // The parameters of the ranks are compared after every step.
    TrainingPlan plan =
        new TrainingPlan(
            1,
            7,
            new Averaging.Gradients(),
            1,
            0,
            1,
            new Checkpoints(0, 0, 1),
            new Stopping.Never(),
            1,
            30);
    Dl4jEngine engine = new Dl4jEngine(network, optimization, 7, STEPS);
    Training training =
        new Training(
            engine,
            new Dealt(network, ranks),
            Optional.empty(),
            true,
            plan,
            new org.apache.hadoop.fs.Path(folder.resolve("ranks-" + ranks).toUri()),
            "test");
    Trained trained =
        new SynchronousTrainer()
            .train(LocalSpark.session().sparkContext(), training, new TrainingListener() {});
    assertThat(trained.steps()).isEqualTo(STEPS);
    assertThat(trained.epochs().get(0).rows()).isEqualTo(STEPS * ROWS - 5);
    try (Replica replica = engine.replica(Slot.CPU);
        InputStream in = Files.newInputStream(Path.of(trained.state().toUri().getPath()))) {
      replica.load(in);
      return copy(replica.parameters());
    }
  }

  private static float[] initial(Network network, Optimization optimization) {
    try (Replica replica = new Dl4jEngine(network, optimization, 7, STEPS).replica(Slot.CPU)) {
      return copy(replica.parameters());
    }
  }

  private static float[] copy(FloatBuffer buffer) {
    float[] copy = new float[buffer.limit()];
    buffer.get(0, copy);
    return copy;
  }

  private static double distance(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.pow(one[i] - other[i], 2);
    }
    return Math.sqrt(sum);
  }

  static Stream<Arguments> networksAndUpdaters() {
    return Stream.of(Samples.cnn(), Samples.lstm())
        .flatMap(
            network ->
                Stream.of(
                    Arguments.of(network, Samples.optimization(Samples.SGD, 0.1)),
                    Arguments.of(network, Samples.optimization(Samples.ADAM, 0.01))));
  }

  @ParameterizedTest
  @MethodSource("networksAndUpdaters")
  void learnWhatOneLearnsOfTheJoinedBatch(Network network, Optimization optimization)
      throws IOException {
    float[] two = train(network, optimization, 2);
    float[] one = train(network, optimization, 1);
    float[] start = initial(network, optimization);
    assertThat(distance(one, start)).isGreaterThan(0.1);
    assertThat(distance(two, one)).isLessThan(1e-3 * distance(one, start));
  }

  @Test
  void stayEqualWithBatchNormToo() throws IOException {
    Network network =
        Samples.list(
            new Shape.Image(8, 8, 2),
            new Task.Classes(3),
            new Layer.Conv(4, 3, 1, Padding.SAME, Activation.IDENTITY),
            new Layer.BatchNorm(0.9, 1e-5),
            new Layer.Dense(8, Activation.RELU));
    Optimization adam = Samples.optimization(Samples.ADAM, 0.01);
    assertThat(distance(train(network, adam, 2), initial(network, adam))).isGreaterThan(0.1);
  }
}
