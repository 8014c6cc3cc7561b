package org.millrace.bench.scaling;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.millrace.deep.dl4j.averaging.ParameterAveragingTrainer;
import org.millrace.deep.train.Averaging;
import org.millrace.deep.train.Checkpoints;
import org.millrace.deep.train.Epoch;
import org.millrace.deep.train.Stopping;
import org.millrace.deep.train.Strategy;
import org.millrace.deep.train.SynchronousTrainer;
import org.millrace.deep.train.Trained;
import org.millrace.deep.train.Training;
import org.millrace.deep.train.TrainingListener;
import org.millrace.deep.train.TrainingPlan;

/**
 * Trains the small CNN on two executors: {@code PREFIX FOLDER EVERY}, by dl4j-spark's parameter
 * averaging after EVERY steps, or synchronously where EVERY is 0. Prints examples a second, the
 * share that is not training, and the accuracy on images apart.
 */
public final class DeepAveraging {
  private static final int RANKS = 2;
  private static final int BATCH = 64;
  private static final int STEPS = 40;
  private static final int EPOCHS = 4;
  private static final int VALIDATION = 1_000;

  private DeepAveraging() {}

  public static void main(String[] arguments) {
    int every = Integer.parseInt(arguments[2]);
    SparkContext spark =
        SparkSession.builder().appName("deep-averaging").getOrCreate().sparkContext();
    Averaging averaging = every == 0 ? new Averaging.Gradients() : new Averaging.Parameters(every);
    Strategy strategy = every == 0 ? new SynchronousTrainer() : new ParameterAveragingTrainer();
    Training training =
        new Training(
            DeepScaling.engine(),
            new FashionBatches(arguments[0], VALIDATION, RANKS * BATCH * STEPS, RANKS, BATCH),
            Optional.of(new FashionBatches(arguments[0], 0, VALIDATION, RANKS, 250)),
            true,
            plan(averaging),
            new Path(arguments[1], UUID.randomUUID().toString()),
            "deep-averaging");
    Trained trained = strategy.train(spark, training, new TrainingListener() {});
    // The first epoch warms up.
    List<Epoch> measured = trained.epochs().subList(1, EPOCHS);
    double seconds = measured.stream().mapToDouble(Epoch::seconds).sum();
    double rows = measured.stream().mapToDouble(Epoch::rows).sum();
    double waited = measured.stream().mapToDouble(e -> e.seconds() * e.synchronization()).sum();
    System.out.printf(
        "%.1f %.4f %.4f%n",
        rows / seconds, waited / seconds, trained.epochs().get(EPOCHS - 1).evaluation().accuracy());
    spark.stop();
  }

  private static TrainingPlan plan(Averaging averaging) {
    return new TrainingPlan(
        EPOCHS, 1, averaging, 0, 0, EPOCHS, new Checkpoints(0, 0, 1), new Stopping.Never(), 1, 60);
  }
}
