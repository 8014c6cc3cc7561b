package org.millrace.deep.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.millrace.deep.train.TrainingFixture.ENGINE;
import static org.millrace.deep.train.TrainingFixture.parameters;
import static org.millrace.deep.train.TrainingFixture.plan;
import static org.millrace.deep.train.TrainingFixture.training;

import java.nio.file.Path;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.testing.LocalSpark;

class SynchronousTrainerTest {
  private static final SparkContext SPARK = LocalSpark.session().sparkContext();
  private static final TrainingListener SILENT = new TrainingListener() {};

  @TempDir Path folder;

  private Trained train(Training training) {
    return new SynchronousTrainer().train(SPARK, training, SILENT);
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
        .usingComparatorWithPrecision(2e-5f)
        .containsExactly(parameters(ENGINE, alone));
    for (int epoch = 0; epoch < 3; epoch++) {
      Epoch ours = together.epochs().get(epoch);
      Epoch theirs = alone.epochs().get(epoch);
      assertThat(ours.rows()).isEqualTo(993);
      assertThat(ours.loss()).isCloseTo(theirs.loss(), within(1e-5));
      assertThat(ours.evaluation().loss()).isCloseTo(theirs.evaluation().loss(), within(1e-5));
      assertThat(ours.evaluation().rows()).isEqualTo(500);
    }
    assertThat(together.epochs().get(2).evaluation().accuracy()).isGreaterThan(0.6);
  }
}
