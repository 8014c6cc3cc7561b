package org.millrace.deep.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.deep.train.PlantedEngine.Fault;
import org.millrace.testing.Forked;
import org.millrace.testing.LocalSpark;

/** Processes that are killed without warning end nowhere else than the uninterrupted training. */
class LostProcessIT {
  private static final String CLUSTER = "local-cluster[2,1,1024]";

  @TempDir Path folder;
  private static float[] uninterrupted;

  @BeforeAll
  static void trainUninterrupted(@TempDir Path apart) {
    Training training = ClusterTraining.training(TrainingFixture.ENGINE, apart);
    Trained trained =
        new SynchronousTrainer()
            .train(LocalSpark.session().sparkContext(), training, new TrainingListener() {});
    uninterrupted = TrainingFixture.parameters(TrainingFixture.ENGINE, trained);
  }

  private Path state(Forked.Ended ended) {
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    Matcher state = Pattern.compile("STATE file:/*(/\\S+) ").matcher(ended.output());
    assertThat(state.find()).as(ended.output()).isTrue();
    return Path.of(state.group(1));
  }

  @ParameterizedTest(name = "in shared memory: {0}")
  @ValueSource(booleans = {true, false})
  void aKilledExecutorIsReplaced(boolean shared) throws IOException, InterruptedException {
    Forked.Ended ended =
        Forked.run(
                ClusterTraining.class,
                CLUSTER,
                folder.toString(),
                Fault.KILL.name(),
                "33",
                "-D%s=%s".formatted(SharedMemory.SWITCH, shared))
            .within(120);
    assertThat(TrainingFixture.parameters(TrainingFixture.ENGINE, state(ended)))
        .containsExactly(uninterrupted);
    assertThat(ended.output()).contains("RESTARTS 1").contains("from epoch 1, step 10");
  }

  @Test
  void aHangingRankIsGivenUp() {
    Engine hanging =
        new PlantedEngine(
            TrainingFixture.ENGINE, Fault.HANG, 33, folder.resolve("marker").toString());
    Trained trained =
        new SynchronousTrainer(1)
            .train(
                LocalSpark.session().sparkContext(),
                ClusterTraining.training(hanging, folder),
                new TrainingListener() {});
    assertThat(trained.restarts()).isEqualTo(1);
    assertThat(TrainingFixture.parameters(TrainingFixture.ENGINE, trained))
        .containsExactly(uninterrupted);
  }

  @Test
  void aKilledDriverIsStartedAgain() throws IOException, InterruptedException {
    Forked first =
        Forked.run(ClusterTraining.class, CLUSTER, folder.toString(), Fault.HANG.name(), "33");
    Path hanging = folder.resolve("marker");
    // Epoch 0 is told while epoch 1 hangs.
    Path told = folder.resolve("heard-of-epoch-0");
    for (int i = 0; i < 600 && !(Files.exists(told) && Files.exists(hanging)); i++) {
      Thread.sleep(100);
    }
    first.kill();
    assertThat(hanging).exists();
    assertThat(told).exists();
    assertThat(first.within(10).exitCode()).isEqualTo(128 + 9);
    try (Stream<Path> left = Files.list(folder.resolve("checkpoints"))) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .contains("checkpoint-000000000030.json");
    }
    Files.delete(told);
    Forked.Ended ended =
        Forked.run(ClusterTraining.class, CLUSTER, folder.toString(), "NONE", "0").within(120);
    assertThat(TrainingFixture.parameters(TrainingFixture.ENGINE, state(ended)))
        .containsExactly(uninterrupted);
    assertThat(ended.output()).contains("RESTARTS 0");
  }
}
