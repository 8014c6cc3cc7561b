package org.millrace.deep.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.millrace.deep.train.TrainingFixture.ENGINE;
import static org.millrace.deep.train.TrainingFixture.blobs;
import static org.millrace.deep.train.TrainingFixture.parameters;
import static org.millrace.deep.train.TrainingFixture.plan;
import static org.millrace.deep.train.TrainingFixture.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.deep.train.PlantedEngine.Fault;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;
import org.millrace.testing.LocalSpark;

class SynchronousTrainerTest {
  private static final SparkContext SPARK = LocalSpark.session().sparkContext();
  private static final Checkpoints EVERY_10 = new Checkpoints(10, 0, 2);
  private static final Averaging GRADIENTS = new Averaging.Gradients();

  @TempDir Path folder;

  private Trained train(Training training) {
    return new SynchronousTrainer().train(SPARK, training, new Heard());
  }

  private PlantedEngine planted(Engine engine, Fault fault, int step) {
    return new PlantedEngine(engine, fault, step, folder.resolve("marker").toString());
  }

  /** What a listener hears. */
  private static final class Heard implements TrainingListener {
    private final List<Integer> epochs = new ArrayList<>();
    private final List<String> windows = new ArrayList<>();
    private final List<String> restarts = new ArrayList<>();

    @Override
    public void window(Window window) {
      windows.add(window.epoch() + "/" + window.step());
    }

    @Override
    public void epoch(Epoch epoch) {
      epochs.add(epoch.index());
    }

    @Override
    public void restarted(String reason) {
      restarts.add(reason);
    }
  }

  @Test
  void twoRanksTakeTheStepsOfOneWithTheJoinedBatch() {
    // Dealt 497 and 496: the last batches are of 1 row and of none.
    Blobs two = new Blobs(2, 993, 16, 10, 4, true);
    Blobs one = new Blobs(1, 993, 32, 10, 4, true);
    Trained together = train(training(ENGINE, two, plan(3), folder.resolve("two")));
    Trained alone = train(training(ENGINE, one, plan(3), folder.resolve("one")));
    assertThat(two.rows(0) % 16).isEqualTo(1);
    assertThat(two.rows(1) % 16).isZero();
    assertThat(together.steps()).isEqualTo(alone.steps()).isEqualTo(96);
    assertThat(parameters(ENGINE, together))
        .usingComparatorWithPrecision(2e-6f)
        .containsExactly(parameters(ENGINE, alone));
    for (int epoch = 0; epoch < 3; epoch++) {
      Epoch ours = together.epochs().get(epoch);
      Epoch theirs = alone.epochs().get(epoch);
      assertThat(ours.rows()).isEqualTo(993);
      assertThat(ours.loss()).isCloseTo(theirs.loss(), within(1e-6));
      assertThat(ours.evaluation().loss()).isCloseTo(theirs.evaluation().loss(), within(1e-6));
      assertThat(ours.evaluation().rows()).isEqualTo(500);
    }
    assertThat(together.epochs().get(2).evaluation().accuracy()).isGreaterThan(0.6);
  }

  @Test
  void goesOnFromItsCheckpointAsIfNothingHadHappened() {
    Engine dropping = new SoftmaxEngine(10, 4, 0.1f, 0.9f, 0.3f);
    TrainingPlan plan = plan(3, GRADIENTS, EVERY_10, new Stopping.Never());
    Trained whole = train(training(dropping, blobs(2, 640, 16), plan, folder.resolve("whole")));
    Heard heard = new Heard();
    Training broken =
        training(planted(dropping, Fault.DISK, 33), blobs(2, 640, 16), plan, folder.resolve("cut"));
    Trained cut = new SynchronousTrainer().train(SPARK, broken, heard);

    assertThat(parameters(dropping, cut)).containsExactly(parameters(dropping, whole));
    assertThat(cut.epochs())
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*seconds", ".*synchronization")
        .isEqualTo(whole.epochs());
    assertThat(cut.windows())
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes(".*seconds", ".*synchronization")
        .isEqualTo(whole.windows());
    assertThat(whole.restarts()).isZero();
    assertThat(cut.restarts()).isEqualTo(1);
    assertThat(heard.restarts).singleElement().asString().contains("epoch 1, step 10", "planted");
    assertThat(heard.epochs).containsExactly(0, 1, 2);
    assertThat(heard.windows)
        .containsExactlyElementsOf(
            whole.windows().stream().map(w -> w.epoch() + "/" + w.step()).toList());
  }

  @Test
  void aNewStartGoesOnWhereAnotherGaveUp() {
    TrainingPlan once =
        new TrainingPlan(3, 7, GRADIENTS, 0, 0, 1, EVERY_10, new Stopping.Never(), 1, 20);
    Blobs blobs = blobs(2, 640, 16);
    Training broken = training(planted(ENGINE, Fault.DISK, 33), blobs, once, folder.resolve("cut"));
    assertThatThrownBy(() -> train(broken))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("1 times in a row")
        .hasMessageContaining("the disk is gone")
        .hasMessageContaining("epoch 1, step 10");
    Trained resumed = train(broken);
    Trained whole = train(training(ENGINE, blobs, once, folder.resolve("whole")));
    assertThat(parameters(ENGINE, resumed)).containsExactly(parameters(ENGINE, whole));
    assertThat(train(broken)).as("finished: read back").isEqualTo(resumed);

    Training other =
        new Training(
            ENGINE, blobs, broken.validation(), true, once, broken.folder(), "another network");
    assertThatThrownBy(() -> train(other))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("another network");
  }

  @Test
  void theClockAsksForCheckpointsToo() throws IOException {
    TrainingPlan plan = plan(2, GRADIENTS, new Checkpoints(0, 1e-9, 2), new Stopping.Never());
    Heard heard = new Heard();
    Training broken =
        training(planted(ENGINE, Fault.DISK, 25), blobs(2, 640, 16), plan, folder.resolve("cut"));
    Trained cut = new SynchronousTrainer().train(SPARK, broken, heard);
    Trained whole = train(training(ENGINE, blobs(2, 640, 16), plan(2), folder.resolve("whole")));
    assertThat(heard.restarts).singleElement().asString().contains("from epoch 1, step 5,");
    assertThat(parameters(ENGINE, cut)).containsExactly(parameters(ENGINE, whole));
    try (Stream<Path> files = Files.list(folder.resolve("cut"))) {
      assertThat(files.map(f -> f.getFileName().toString().substring(0, 13)))
          .as("the last two, with their states")
          .hasSize(4);
    }
  }

  @Test
  void aDamagedCheckpointIsPassedOver() throws IOException {
    TrainingPlan plan = plan(2, GRADIENTS, EVERY_10, new Stopping.Never());
    Training training = training(ENGINE, blobs(2, 640, 16), plan, folder);
    Trained first = train(training);
    float[] parameters = parameters(ENGINE, first);
    Files.write(Path.of(first.state().toUri().getPath()), new byte[10]);
    Trained again = train(training);
    assertThat(again.state()).isNotEqualTo(first.state());
    assertThat(parameters(ENGINE, again)).containsExactly(parameters);
  }

  /** Its first replica cannot be made. */
  private record Refusing(Engine engine, String marker) implements Engine {
    @Override
    public Replica replica(Slot slot) {
      try {
        Files.createFile(Path.of(marker));
      } catch (IOException e) {
        return engine.replica(slot);
      }
      throw Stop.contract("planted: no such network");
    }
  }

  @Test
  void aRankThatCannotBeginDoesNotLetTheOthersWait() {
    Engine refusing = new Refusing(ENGINE, folder.resolve("marker").toString());
    assertThatThrownBy(() -> train(training(refusing, blobs(2, 640, 16), plan(1), folder)))
        .isInstanceOfSatisfying(
            Stop.class, stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.CONTRACT))
        .hasMessage("planted: no such network");
  }

  @Test
  void averagedParametersGoOnToo() {
    Averaging averaging = new Averaging.Parameters(3);
    TrainingPlan plan = plan(2, averaging, EVERY_10, new Stopping.Never());
    Trained whole = train(training(ENGINE, blobs(2, 640, 16), plan, folder.resolve("whole")));
    Training broken =
        training(planted(ENGINE, Fault.DISK, 25), blobs(2, 640, 16), plan, folder.resolve("cut"));
    Trained cut = train(broken);
    assertThat(cut.restarts()).isEqualTo(1);
    assertThat(parameters(ENGINE, cut)).containsExactly(parameters(ENGINE, whole));
    assertThat(cut.epochs().get(1).rows()).isEqualTo(640);
  }

  @Test
  void parametersAveragedAtEveryStepAreGradientsAveraged() {
    Engine plain = new SoftmaxEngine(10, 4, 0.1f, 0, 0);
    Blobs blobs = blobs(2, 640, 16);
    TrainingPlan each = plan(2, new Averaging.Parameters(1), EVERY_10, new Stopping.Never());
    Trained parameters = train(training(plain, blobs, each, folder.resolve("parameters")));
    Trained gradients = train(training(plain, blobs, plan(2), folder.resolve("gradients")));
    assertThat(parameters(plain, parameters))
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(parameters(plain, gradients));
  }

  @Test
  void stopsEarlyAndReturnsTheBestEpoch() {
    // A learning rate at which the loss goes up and down.
    Engine restless = new SoftmaxEngine(10, 4, 4f, 0.5f, 0);
    Stopping early = new Stopping.Early(Stopping.Metric.LOSS, 3, 0);
    TrainingPlan plan = plan(50, GRADIENTS, EVERY_10, early);
    Trained stopped = train(training(restless, blobs(2, 64, 8), plan, folder.resolve("early")));
    Epoch best =
        stopped.epochs().stream()
            .min(Comparator.comparing(e -> e.evaluation().loss()))
            .orElseThrow();
    assertThat(stopped.epochs()).hasSizeLessThan(50);
    assertThat(stopped.epoch()).isEqualTo(best.index()).isEqualTo(stopped.epochs().size() - 4);
    TrainingPlan justBest = plan(best.index() + 1);
    Trained straight =
        train(training(restless, blobs(2, 64, 8), justBest, folder.resolve("straight")));
    assertThat(parameters(restless, stopped)).containsExactly(parameters(restless, straight));
  }

  @Test
  void whatIsNoNumberStopsTheTraining() {
    Training broken =
        training(planted(ENGINE, Fault.NAN, 3), blobs(2, 640, 16), plan(2), folder.resolve("nan"));
    assertThatThrownBy(() -> train(broken))
        .isInstanceOfSatisfying(
            Stop.class, stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.FAILED))
        .hasMessageContaining("epoch 0, step 4")
        .hasMessageContaining("learning rate");
  }

  @Test
  void aDriftingRankIsFound() {
    Training broken =
        training(planted(ENGINE, Fault.DRIFT, 7), blobs(2, 640, 16), plan(2), folder.resolve("d"));
    assertThatThrownBy(() -> train(broken))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("epoch 0, step 10")
        .hasMessageContaining("ranks [0] against [[1]]");
  }

  @Test
  void aBugIsToldAndNotTriedAgain() {
    Training broken =
        training(planted(ENGINE, Fault.BUG, 3), blobs(2, 640, 16), plan(2), folder.resolve("bug"));
    assertThatThrownBy(() -> train(broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ArithmeticException: planted: a bug");
  }

  @Test
  void refusesMoreRanksThanSlotsOrRows() {
    assertThatThrownBy(() -> train(training(ENGINE, blobs(3, 640, 16), plan(1), folder)))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("3 ranks need as many task slots, and local[2] has 2");
    assertThatThrownBy(() -> training(ENGINE, blobs(3, 2, 16), plan(1), folder))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("3 ranks");
  }

  @Test
  void anInterruptCancelsTheRanks() throws InterruptedException {
    Training hanging =
        training(planted(ENGINE, Fault.HANG, 3), blobs(2, 640, 16), plan(2), folder.resolve("h"));
    List<Throwable> thrown = new ArrayList<>();
    Thread driver =
        new Thread(
            () -> {
              try {
                train(hanging);
              } catch (Stop e) {
                thrown.add(e);
              }
            });
    driver.start();
    for (int i = 0; i < 600 && !folder.resolve("marker").toFile().exists(); i++) {
      Thread.sleep(20);
    }
    driver.interrupt();
    driver.join(10_000);
    assertThat(thrown).singleElement().asString().contains("interrupted");
    assertThat(train(training(ENGINE, blobs(2, 64, 16), plan(1), folder.resolve("after"))).steps())
        .as("the slots are free again")
        .isEqualTo(2);
  }
}
