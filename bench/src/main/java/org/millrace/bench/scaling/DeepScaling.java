package org.millrace.bench.scaling;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.millrace.deep.dl4j.Dl4jEngine;
import org.millrace.deep.net.Architecture;
import org.millrace.deep.net.Clipping;
import org.millrace.deep.net.Decay;
import org.millrace.deep.net.LearningRate;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.NetworkInput;
import org.millrace.deep.net.Optimization;
import org.millrace.deep.net.Precision;
import org.millrace.deep.net.ShippedLayers;
import org.millrace.deep.net.Task;
import org.millrace.deep.net.Updater;
import org.millrace.deep.net.WeightInit;
import org.millrace.deep.train.Averaging;
import org.millrace.deep.train.Checkpoints;
import org.millrace.deep.train.Epoch;
import org.millrace.deep.train.Stopping;
import org.millrace.deep.train.SynchronousTrainer;
import org.millrace.deep.train.Trained;
import org.millrace.deep.train.Training;
import org.millrace.deep.train.TrainingListener;
import org.millrace.deep.train.TrainingPlan;

/**
 * Trains the small CNN on some executors: {@code PREFIX FOLDER RANKS}. Prints examples a second,
 * the share of synchronization in the steps, the accuracy on images apart, and the milliseconds of
 * a step: its gradient (mean of the ranks), what the slower rank's takes more, its update.
 */
public final class DeepScaling {
  static final int BATCH = 64;
  static final int STEPS = 40;
  private static final int EPOCHS = 15;

  /**
   * Until the JIT compiler has mostly done: at first it takes 8 % of a core, after 20 s still 5 %.
   */
  private static final int WARM_UP = 12;

  private static final int VALIDATION = 1_000;

  private DeepScaling() {}

  public static void main(String[] arguments) throws IOException {
    int ranks = Integer.parseInt(arguments[2]);
    SparkContext spark =
        SparkSession.builder().appName("deep-scaling").getOrCreate().sparkContext();
    Path folder = new Path(arguments[1], UUID.randomUUID().toString());
    TimedEngine engine = new TimedEngine(engine(), new Path(folder, "times").toUri().getPath());
    FashionBatches validation = new FashionBatches(arguments[0], 0, VALIDATION, ranks, 250);
    Training training =
        new Training(
            engine,
            batches(arguments[0], ranks),
            Optional.of(validation),
            true,
            plan(),
            new Path(folder, "training"),
            "deep-scaling");
    Trained trained = new SynchronousTrainer().train(spark, training, new TrainingListener() {});
    List<Epoch> measured = trained.epochs().subList(WARM_UP, EPOCHS);
    double seconds = measured.stream().mapToDouble(Epoch::seconds).sum();
    double rows = measured.stream().mapToDouble(Epoch::rows).sum();
    double waited = measured.stream().mapToDouble(e -> e.seconds() * e.synchronization()).sum();
    Steps steps = Steps.of(engine.read());
    System.out.printf(
        "%.1f %.4f %.4f %.2f %.2f %.2f%n",
        rows / seconds,
        waited / seconds,
        trained.epochs().get(EPOCHS - 1).evaluation().accuracy(),
        steps.gradient() / 1e6,
        steps.waiting() / 1e6,
        steps.update() / 1e6);
    spark.stop();
  }

  static FashionBatches batches(String prefix, int ranks) {
    return new FashionBatches(prefix, VALIDATION, ranks * BATCH * STEPS, ranks, BATCH);
  }

  /** Means over the steps measured, in nanoseconds. */
  private record Steps(double gradient, double waiting, double update) {
    static Steps of(List<List<TimedEngine.Took>> ranks) {
      double gradient = 0;
      double slowest = 0;
      double update = 0;
      for (int step = WARM_UP * STEPS; step < EPOCHS * STEPS; step++) {
        long most = 0;
        for (List<TimedEngine.Took> rank : ranks) {
          gradient += (double) rank.get(step).gradient() / ranks.size();
          update += (double) rank.get(step).update() / ranks.size();
          most = Math.max(most, rank.get(step).gradient());
        }
        slowest += most;
      }
      int steps = (EPOCHS - WARM_UP) * STEPS;
      return new Steps(gradient / steps, (slowest - gradient) / steps, update / steps);
    }
  }

  private static TrainingPlan plan() {
    return new TrainingPlan(
        EPOCHS,
        1,
        new Averaging.Gradients(),
        STEPS,
        0,
        EPOCHS,
        new Checkpoints(0, 0, 1),
        new Stopping.Never(),
        1,
        60);
  }

  static Dl4jEngine engine() {
    Network network =
        new Network(
            List.of(new NetworkInput("image", FashionBatches.SHAPE)),
            new Architecture.Shipped(ShippedLayers.CNN_28X28),
            new Task.Classes(10));
    Optimization adam =
        new Optimization(
            new Updater.Adam(0.9, 0.999, 1e-8),
            new LearningRate(0.001, 0, new Decay.Constant()),
            new Clipping.None(),
            0,
            WeightInit.HE_UNIFORM,
            Precision.FLOAT);
    return new Dl4jEngine(network, adam, 1, STEPS);
  }
}
