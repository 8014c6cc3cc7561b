package org.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHasherTest {

  /** The test vector of FIPS 180-2. */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final String OF_NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private static JavaSparkContext spark;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("FileHasherTest")
                .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer"));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private org.apache.hadoop.fs.Path file(String name, byte[] content) throws IOException {
    return TestModels.hadoop(Files.write(directory.resolve(name), content));
  }

  @Test
  void hashesAreThoseOfSha256sum() throws IOException {
    var abc = file("abc", new byte[] {'a', 'b', 'c'});
    var empty = file("empty file=%41 é", new byte[0]);

    for (FileHasher hasher :
        List.of(new SerialFileHasher(TestModels.HADOOP), new SparkFileHasher(spark))) {
      assertThat(hasher.sha256(List.of(abc, empty)))
          .isEqualTo(Map.of(abc, OF_ABC, empty, OF_NOTHING));
      assertThat(hasher.sha256(List.of())).isEmpty();
    }
  }

  @Test
  void sparkHashesAsTheSerialOne() throws IOException {
    Random random = new Random(7);
    List<org.apache.hadoop.fs.Path> files = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      byte[] content = new byte[random.nextInt(3 << 20)];
      random.nextBytes(content);
      files.add(file("part-" + i, content));
    }

    Map<org.apache.hadoop.fs.Path, String> serial =
        new SerialFileHasher(TestModels.HADOOP).sha256(files);

    assertThat(serial).hasSize(25);
    assertThat(new SparkFileHasher(spark).sha256(files)).isEqualTo(serial);
    for (var file : files) {
      assertThat(serial)
          .containsEntry(file, Sha256.of(Files.readAllBytes(Path.of(file.toUri().getPath()))));
    }
  }

  @Test
  void absentFileIsTheCallersToExplain() {
    var absent = TestModels.hadoop(directory.resolve("absent"));

    for (FileHasher hasher :
        List.of(new SerialFileHasher(TestModels.HADOOP), new SparkFileHasher(spark))) {
      assertThatIOException()
          .isThrownBy(() -> hasher.sha256(List.of(absent)))
          .withMessageContaining("absent");
    }
  }

  @Test
  void storePublishesAndLoadsWithHashesFromExecutors() throws IOException {
    ModelStore store =
        ModelStore.open(
            spark.hadoopConfiguration(),
            TestModels.hadoop(directory),
            "films",
            Keys.none(),
            new SparkFileHasher(spark));
    ModelVersion published = TestModels.publish(store, "als-1");

    assertThat(store.load("als", java.util.Optional.of("als-1"))).isEqualTo(published);
    assertThat(TestModels.store(directory, Keys.none()).load("als", java.util.Optional.of("als-1")))
        .isEqualTo(published);
  }
}
