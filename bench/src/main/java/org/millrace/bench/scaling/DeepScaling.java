package org.millrace.bench.scaling;

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
 * the share of synchronization in the steps, and the accuracy on images apart.
 */
public final class DeepScaling {
  private static final int BATCH = 64;
  private static final int STEPS = 40;
  private static final int EPOCHS = 6;

  /** Until the JIT compiler has mostly done: at first it takes 8 % of a core. */
  private static final int WARM_UP = 3;

  private static final int VALIDATION = 1_000;

  private DeepScaling() {}

  public static void main(String[] arguments) {
    int ranks = Integer.parseInt(arguments[2]);
    SparkContext spark =
        SparkSession.builder().appName("deep-scaling").getOrCreate().sparkContext();
    FashionBatches train =
        new FashionBatches(arguments[0], VALIDATION, ranks * BATCH * STEPS, ranks, BATCH);
    FashionBatches validation = new FashionBatches(arguments[0], 0, VALIDATION, ranks, 250);
    Training training =
        new Training(
            engine(),
            train,
            Optional.of(validation),
            true,
            plan(),
            new Path(arguments[1], UUID.randomUUID().toString()),
            "deep-scaling");
    Trained trained = new SynchronousTrainer().train(spark, training, new TrainingListener() {});
    List<Epoch> measured = trained.epochs().subList(WARM_UP, EPOCHS);
    double seconds = measured.stream().mapToDouble(Epoch::seconds).sum();
    double rows = measured.stream().mapToDouble(Epoch::rows).sum();
    double waited = measured.stream().mapToDouble(e -> e.seconds() * e.synchronization()).sum();
    System.out.printf(
        "%.1f %.4f %.4f%n",
        rows / seconds, waited / seconds, trained.epochs().get(EPOCHS - 1).evaluation().accuracy());
    spark.stop();
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
