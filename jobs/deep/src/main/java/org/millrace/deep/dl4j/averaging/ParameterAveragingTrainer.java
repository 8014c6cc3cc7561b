package org.millrace.deep.dl4j.averaging;

import java.io.IOException;
import org.apache.spark.SparkContext;
import org.millrace.deep.dl4j.Dl4jEngine;
import org.millrace.deep.train.Averaging;
import org.millrace.deep.train.Checkpoint;
import org.millrace.deep.train.CheckpointFolder;
import org.millrace.deep.train.Strategy;
import org.millrace.deep.train.Trained;
import org.millrace.deep.train.Training;
import org.millrace.deep.train.TrainingListener;
import org.millrace.outcome.Stop;

/**
 * Trains in rounds, each a Spark job of DL4J's own parameter averaging: the driver hands out the
 * parameters, every rank takes some steps of its own, the driver averages what they come to and the
 * updater's state. Ordinary tasks, which need not run at once: Spark starts a lost one again, and
 * so the plan's attempts, timeout and comparison of parameters have no part in it.
 *
 * <p>Equal seeds give equal parameters with up to two ranks; of more the order of a sum of floats
 * is the one in which tasks end.
 */
public final class ParameterAveragingTrainer implements Strategy {
  private static final String SERIALIZER = "spark.serializer";
  private static final String JAVA = "org.apache.spark.serializer.JavaSerializer";

  @Override
  public Trained train(SparkContext spark, Training training, TrainingListener listener) {
    String serializer = spark.getConf().get(SERIALIZER, JAVA);
    if (!serializer.equals(JAVA)) {
      throw Stop.usage(
          "parameter averaging sends DL4J's arrays by Spark's serializer, and %s breaks them; set %s=%s, or train with the synchronous strategy",
          serializer, SERIALIZER, JAVA);
    }
    if (!(training.engine() instanceof Dl4jEngine engine)) {
      throw new IllegalArgumentException("parameter averaging is of DL4J's networks only");
    }
    if (!(training.plan().averaging() instanceof Averaging.Parameters averaging)) {
      throw Stop.usage(
          "parameter averaging has no average of gradients; say after how many steps parameters are averaged");
    }
    try {
      CheckpointFolder folder =
          new CheckpointFolder(training.folder(), spark.hadoopConfiguration());
      Checkpoint reached =
          folder
              .newest(training.identity())
              .orElseGet(() -> Checkpoint.beginning(training.identity()));
      if (!reached.isFinished()) {
        reached = train(spark, training, listener, engine, averaging, folder, reached);
      }
      return folder.trained(reached, training, 0);
    } catch (IOException e) {
      throw Stop.failed(
              "the checkpoints in %s cannot be read or written: %s",
              training.folder(), e.getMessage())
          .because(e);
    }
  }

  private static Checkpoint train(
      SparkContext spark,
      Training training,
      TrainingListener listener,
      Dl4jEngine engine,
      Averaging.Parameters averaging,
      CheckpointFolder folder,
      Checkpoint from)
      throws IOException {
    try (Workers workers = new Workers(spark, training, engine, averaging.everySteps())) {
      Books books = new Books(workers.replica(), folder, training, listener, from);
      books.load();
      return new Rounds(workers, books, training, averaging.everySteps()).train();
    }
  }
}
