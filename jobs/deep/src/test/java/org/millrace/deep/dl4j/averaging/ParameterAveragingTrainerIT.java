package org.millrace.deep.dl4j.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.deep.data.Batch;
import org.millrace.deep.data.BatchSource;
import org.millrace.deep.data.Batches;
import org.millrace.deep.dl4j.Dl4jEngine;
import org.millrace.deep.dl4j.Samples;
import org.millrace.deep.net.Activation;
import org.millrace.deep.net.Layer;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.Padding;
import org.millrace.deep.net.Shape;
import org.millrace.deep.net.Task;
import org.millrace.deep.train.Averaging;
import org.millrace.deep.train.Checkpoints;
import org.millrace.deep.train.Engine.Slot;
import org.millrace.deep.train.Epoch;
import org.millrace.deep.train.Replica;
import org.millrace.deep.train.Seeds;
import org.millrace.deep.train.Stopping;
import org.millrace.deep.train.Trained;
import org.millrace.deep.train.Training;
import org.millrace.deep.train.TrainingListener;
import org.millrace.deep.train.TrainingPlan;
import org.millrace.outcome.Stop;
import org.millrace.testing.LocalSpark;

class ParameterAveragingTrainerIT {
  private static final int SEED = 7;
  private static final int BATCH = 16;
  private static final int STEPS = 7;
  private static final int EVERY = 3;
  private static final int EPOCHS = 3;

  /** A dropout layer, so that chance has a part in a step. */
  private static final Network NETWORK =
      Samples.list(
          new Shape.Image(8, 8, 2),
          new Task.Classes(3),
          new Layer.Conv(4, 3, 1, Padding.SAME, Activation.TANH),
          new Layer.Dense(8, Activation.TANH),
          new Layer.Dropout(0.2));

  private static final Dl4jEngine ENGINE =
      new Dl4jEngine(NETWORK, Samples.optimization(Samples.ADAM, 0.01), SEED, STEPS);

  @TempDir Path folder;

  /** Planted rows with weights; rank 1 lacks the last batch and half of the one before it. */
  record Dealt(int offset) implements Batches {
    @Override
    public int ranks() {
      return 2;
    }

    @Override
    public long rows(int rank) {
      return (long) STEPS * BATCH - (rank == 1 ? BATCH + BATCH / 2 : 0);
    }

    @Override
    public int batchSize() {
      return BATCH;
    }

    @Override
    public BatchSource open(int rank) {
      return new BatchSource() {
        @Override
        public Batch batch(int epoch, int index) {
          Batch full = Samples.batch(NETWORK, BATCH, offset + 2L * index + rank);
          long left = rows(rank) - (long) index * BATCH;
          return Samples.rows(full, 0, (int) Math.max(0, Math.min(BATCH, left)));
        }

        @Override
        public void close() {}
      };
    }
  }

  private Training training(String name, Averaging averaging) {
    TrainingPlan plan =
        new TrainingPlan(
            EPOCHS,
            SEED,
            averaging,
            0,
            EVERY,
            EPOCHS,
            new Checkpoints(EVERY, 0, 2),
            new Stopping.Never(),
            1,
            30);
    return new Training(
        ENGINE,
        new Dealt(0),
        Optional.of(new Dealt(1000)),
        true,
        plan,
        new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()),
        "test");
  }

  private static Trained train(Training training, TrainingListener listener) {
    return new ParameterAveragingTrainer()
        .train(LocalSpark.session().sparkContext(), training, listener);
  }

  private Trained train(String name) {
    return train(training(name, new Averaging.Parameters(EVERY)), new TrainingListener() {});
  }

  private static SavedState state(Trained trained) throws IOException {
    return new SavedState(Files.readAllBytes(Path.of(trained.state().toUri().getPath())));
  }

  /** What the rounds should come to, with replicas of this thread. */
  private static SavedState reference() {
    Dealt batches = new Dealt(0);
    SavedState state;
    try (Replica replica = ENGINE.replica(Slot.CPU)) {
      state = SavedState.of(replica);
    }
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int from = 0; from < STEPS; from += EVERY) {
        List<SavedState> states = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (int rank = 0; rank < 2; rank++) {
          try (Replica replica = ENGINE.replica(Slot.CPU);
              BatchSource source = batches.open(rank)) {
            state.loadInto(replica);
            double weight = 0;
            for (int step = from; step < Math.min(from + EVERY, STEPS); step++) {
              Batch batch = source.batch(epoch, step);
              if (batch.rows() > 0) {
                long seed = Seeds.of(SEED, 0, epoch * STEPS + step, rank);
                double ofBatch = replica.gradient(batch, seed).weight();
                replica.apply(ofBatch);
                weight += ofBatch;
              }
            }
            if (weight > 0) {
              states.add(SavedState.of(replica));
              weights.add(weight);
            }
          }
        }
        state = SavedState.average(states, weights);
      }
    }
    return state;
  }

  @Test
  void averagesByWeightWhatSeededRanksComeTo() throws IOException {
    Trained trained = train("reference");
    SavedState expected = reference();
    float[] numbers = expected.numbers();
    float[] found = state(trained).numbers();
    double distance = 0;
    double length = 0;
    for (int i = 0; i < numbers.length; i++) {
      distance += Math.pow(found[i] - numbers[i], 2);
      length += Math.pow(numbers[i], 2);
    }
    assertThat(found).hasSameSizeAs(numbers);
    assertThat(Math.sqrt(distance)).isLessThan(1e-5 * Math.sqrt(length));
    assertThat(state(trained).steps()).isEqualTo(EPOCHS * STEPS).isEqualTo(expected.steps());
  }

  @Test
  void tellsWhatItHasLearned() {
    Trained trained = train("learned");
    Dealt batches = new Dealt(0);
    assertThat(trained.steps()).isEqualTo(EPOCHS * STEPS);
    assertThat(trained.windows()).hasSize(EPOCHS * 2);
    assertThat(trained.epochs())
        .extracting(Epoch::rows)
        .containsOnly(batches.rows(0) + batches.rows(1));
    Epoch last = trained.epochs().get(EPOCHS - 1);
    assertThat(last.loss()).isLessThan(trained.epochs().get(0).loss());
    assertThat(last.synchronization()).isBetween(0.0, 1.0);
    assertThat(last.evaluation().rows()).isEqualTo(batches.rows(0) + batches.rows(1));
    assertThat(last.evaluation().accuracy()).isGreaterThan(0.85);
  }

  @Test
  void resumesAsIfNothingHadHappened() throws IOException {
    Training training = training("resumed", new Averaging.Parameters(EVERY));
    TrainingListener dying =
        new TrainingListener() {
          @Override
          public void epoch(Epoch epoch) {
            if (epoch.index() == 1) {
              throw new IllegalStateException("the driver dies");
            }
          }
        };
    assertThatThrownBy(() -> train(training, dying)).hasMessage("the driver dies");
    Trained resumed = train(training, new TrainingListener() {});
    Trained whole = train("whole");
    assertThat(state(resumed).bytes()).isEqualTo(state(whole).bytes());
    assertThat(resumed.epochs()).hasSize(EPOCHS);
    assertThat(train(training, new TrainingListener() {}).state()).isEqualTo(resumed.state());
  }

  @Test
  void hasNoAverageOfGradients() {
    assertThatThrownBy(
            () ->
                train(training("gradients", new Averaging.Gradients()), new TrainingListener() {}))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("after how many steps");
  }
}
