package org.millrace.deep.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Trainings of the tests: 10 features, 4 classes. */
final class TrainingFixture {
  static final SoftmaxEngine ENGINE = new SoftmaxEngine(10, 4, 0.1f, 0.9f, 0);

  private TrainingFixture() {}

  static TrainingPlan plan(int epochs) {
    return plan(epochs, new Averaging.Gradients(), new Checkpoints(0, 0, 2), new Stopping.Never());
  }

  static TrainingPlan plan(
      int epochs, Averaging averaging, Checkpoints checkpoints, Stopping stopping) {
    return new TrainingPlan(epochs, 7, averaging, 5, 4, 1, checkpoints, stopping, 3, 20);
  }

  static Blobs blobs(int ranks, long rows, int batchSize) {
    return new Blobs(ranks, rows, batchSize, 10, 4, false);
  }

  static Training training(Engine engine, Blobs train, TrainingPlan plan, Path folder) {
    Blobs validation = new Blobs(train.ranks(), 500, 64, train.features(), train.classes(), false);
    return new Training(
        engine,
        train,
        Optional.of(validation),
        true,
        plan,
        new org.apache.hadoop.fs.Path(folder.toUri()),
        "test");
  }

  /** The parameters in a saved state. */
  static float[] parameters(Engine engine, Trained trained) {
    return parameters(engine, Path.of(trained.state().toUri().getPath()));
  }

  static float[] parameters(Engine engine, Path state) {
    try (Replica replica = engine.replica(Engine.Slot.CPU);
        InputStream in = Files.newInputStream(state)) {
      replica.load(in);
      float[] parameters = new float[replica.parameters().limit()];
      replica.parameters().get(0, parameters);
      return parameters;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
