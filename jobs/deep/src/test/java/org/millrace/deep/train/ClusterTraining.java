package org.millrace.deep.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/**
 * A driver of its own with executors of their own, as {@code main} of another JVM: trains, and
 * prints where the state is.
 */
final class ClusterTraining {
  private static final String OPTIONS = "spark.executor.extraJavaOptions";

  private ClusterTraining() {}

  /**
   * @param arguments master, folder, fault ("NONE" for none), step of the fault, options of the
   *     executors' JVMs where there are any
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    SparkConf conf = conf(arguments[0], folder);
    if (arguments.length > 4) {
      conf.set(OPTIONS, conf.get(OPTIONS) + " " + arguments[4]);
    }
    SparkContext spark = new SparkContext(conf);
    Engine engine = TrainingFixture.ENGINE;
    if (!arguments[2].equals("NONE")) {
      PlantedEngine.Fault fault = PlantedEngine.Fault.valueOf(arguments[2]);
      int step = Integer.parseInt(arguments[3]);
      engine = new PlantedEngine(engine, fault, step, folder.resolve("marker").toString());
    }
    Trained trained =
        new SynchronousTrainer().train(spark, training(engine, folder), new Marking(folder));
    System.out.println("STATE " + trained.state() + " RESTARTS " + trained.restarts());
    spark.stop();
  }

  /** Leaves a file for each epoch that it hears of. */
  private record Marking(Path folder) implements TrainingListener {
    @Override
    public void epoch(Epoch epoch) {
      try {
        Files.createFile(folder.resolve("heard-of-epoch-" + epoch.index()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The same training with and without faults, and in whatever kind of cluster. */
  static Training training(Engine engine, Path folder) {
    TrainingPlan plan =
        new TrainingPlan(
            3,
            7,
            new Averaging.Gradients(),
            10,
            0,
            1,
            new Checkpoints(10, 0, 2),
            new Stopping.Never(),
            3,
            5);
    return TrainingFixture.training(
        engine, TrainingFixture.blobs(2, 640, 16), plan, folder.resolve("checkpoints"));
  }

  /** Executors with the classpath of this JVM; Spark's home only has to look like one. */
  static SparkConf conf(String master, Path folder) throws IOException {
    Path home = Files.createDirectories(folder.resolve("spark-home"));
    Files.createDirectories(home.resolve("jars"));
    Files.createDirectories(home.resolve("launcher/target/scala-2.12"));
    System.setProperty("spark.testing", "true");
    System.setProperty("spark.test.home", home.toString());
    return new SparkConf()
        .setMaster(master)
        .setAppName("cluster training")
        .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .set(OPTIONS, "-XX:TieredStopAtLevel=1")
        .set("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s")
        .set("spark.executor.heartbeatInterval", "500ms")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "localhost")
        .set("spark.driver.bindAddress", "127.0.0.1");
  }
}
