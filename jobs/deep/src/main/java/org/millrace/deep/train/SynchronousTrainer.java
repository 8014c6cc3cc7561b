package org.millrace.deep.train;

import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.millrace.deep.train.Attempt.LostTasks;
import org.millrace.outcome.Stop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains with a replica in each task of a barrier stage; they average by an all-reduce. Spark does
 * not start a failed barrier stage again, so this does, from the newest checkpoint.
 *
 * <p>Killed and started again, the training ends with the parameters, bit for bit, that it would
 * have had without. Interrupting the calling thread cancels the ranks.
 */
public final class SynchronousTrainer implements Strategy {
  private static final Logger LOG = LoggerFactory.getLogger(SynchronousTrainer.class);

  /** For executors that start, or start again. */
  private static final int SLOTS_SECONDS = 300;

  private static final int GRACE_SECONDS = 15;

  private final int graceSeconds;

  public SynchronousTrainer() {
    this(GRACE_SECONDS);
  }

  /**
   * @param graceSeconds beyond the collective's timeout, for a rank to tell how it ended
   */
  SynchronousTrainer(int graceSeconds) {
    this.graceSeconds = graceSeconds;
  }

  @Override
  public Trained train(SparkContext spark, Training training, TrainingListener listener) {
    try (ProgressFeed feed = new ProgressFeed(spark, listener)) {
      CheckpointFolder folder =
          new CheckpointFolder(training.folder(), spark.hadoopConfiguration());
      Slots slots = new Slots(spark, training.ranks());
      Checkpoint reached = newest(folder, training);
      int restarts = 0;
      int failures = 0;
      while (!reached.isFinished()) {
        slots.await(SLOTS_SECONDS);
        Optional<String> failure = attempt(spark, training, reached, feed);
        long before = reached.steps();
        reached = newest(folder, training);
        if (failure.isPresent()) {
          failures = reached.steps() > before ? 1 : failures + 1;
          restarts++;
          giveUpOrTell(failures, failure.get(), reached, training, listener);
        }
      }
      return folder.trained(reached, training, restarts);
    } catch (IOException e) {
      throw Stop.failed(
              "the checkpoints in %s cannot be read: %s", training.folder(), e.getMessage())
          .because(e);
    }
  }

  private static Checkpoint newest(CheckpointFolder folder, Training training) throws IOException {
    return folder
        .newest(training.identity())
        .orElseGet(() -> Checkpoint.beginning(training.identity()));
  }

  /**
   * Runs the ranks once.
   *
   * @return why another attempt is needed; empty where they came to their end
   * @throws Stop where another attempt would end the same
   */
  private Optional<String> attempt(
      SparkContext spark, Training training, Checkpoint from, ProgressFeed feed) {
    RankTask task =
        new RankTask(
            training.engine(),
            training.train(),
            training.validation().orElse(null),
            training.classes(),
            training.plan(),
            training.folder().toString(),
            new SerializableConfiguration(spark.hadoopConfiguration()),
            from.toJson(),
            UUID.randomUUID().toString().substring(0, 8),
            feed.nextAttempt());
    Attempt attempt =
        new Attempt(spark, training.ranks(), training.plan().timeoutSeconds() + graceSeconds);
    try {
      Optional<String> failure = RankOutcome.judge(attempt.run(task));
      if (failure.isEmpty()) {
        feed.finish();
      }
      return failure;
    } catch (LostTasks e) {
      LOG.warn("the ranks' stage failed", e);
      return Optional.of(e.getMessage());
    }
  }

  private static void giveUpOrTell(
      int failures, String reason, Checkpoint reached, Training training, TrainingListener told) {
    if (failures >= training.plan().maxAttempts()) {
      throw Stop.failed(
          "the training failed %d times in a row before its next checkpoint, at last because %s; it stands at epoch %d, step %d in %s, from where another start goes on",
          failures, reason, reached.epoch(), reached.step(), training.folder());
    }
    String sentence =
        "the ranks start again from epoch %d, step %d, because %s"
            .formatted(reached.epoch(), reached.step(), reason);
    LOG.warn("{}", sentence);
    told.restarted(sentence);
  }
}
