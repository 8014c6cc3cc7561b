package org.millrace.deep.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.testing.Forked;

/** Two ranks on one executor with two GPUs, as far as Spark is told: each is given its own. */
class GpuAddressesIT {
  @TempDir Path folder;

  /** Leaves a file named by the slot of each replica. */
  record Telling(Engine engine, String folder) implements Engine {
    @Override
    public Replica replica(Slot slot) {
      try {
        Files.createFile(Path.of(folder, "gpu-" + slot.gpu()));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      return engine.replica(slot);
    }
  }

  /** The driver. */
  static final class Driver {
    private Driver() {}

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      Path script = folder.resolve("gpus");
      Files.writeString(
          script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}'\n");
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
      SparkConf conf =
          ClusterTraining.conf("local-cluster[1,2,1024]", folder)
              .set("spark.worker.resource.gpu.amount", "2")
              .set("spark.worker.resource.gpu.discoveryScript", script.toString())
              .set("spark.executor.resource.gpu.amount", "2")
              .set("spark.task.resource.gpu.amount", "1");
      SparkContext spark = new SparkContext(conf);
      Engine engine = new Telling(TrainingFixture.ENGINE, folder.toString());
      new SynchronousTrainer()
          .train(spark, ClusterTraining.training(engine, folder), new TrainingListener() {});
      spark.stop();
    }
  }

  @Test
  void eachRankIsGivenItsOwn() throws IOException, InterruptedException {
    Forked.Ended ended = Forked.run(Driver.class, folder.toString()).within(60);
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.startsWith("gpu-")))
          .containsExactlyInAnyOrder("gpu-0", "gpu-1");
    }
  }
}
