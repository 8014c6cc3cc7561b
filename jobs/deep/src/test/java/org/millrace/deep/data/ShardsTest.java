package org.millrace.deep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.testing.LocalSpark;

class ShardsTest {
  private static final int ROWS = 1003;

  @TempDir static Path folder;
  private static SparkSession spark;
  private static ShardWriter.Written written;

  @BeforeAll
  static void write() {
    spark = LocalSpark.session();
    written = write(DigitTables.rows(spark, ROWS, 5), "a", 7);
  }

  private static ShardWriter.Written write(Dataset<Row> rows, String name, long seed) {
    return write(rows, name, seed, ROWS);
  }

  private static ShardWriter.Written write(
      Dataset<Row> rows, String name, long seed, long mostRows) {
    var target = new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
    return new ShardWriter(DigitTables.encoding(), target, seed, mostRows).write(rows);
  }

  @Test
  void eachExampleGoesToOneRankAndRanksDifferByOne() {
    ShardedBatches batches = training(written.shards(), 4, 3);
    List<Integer> all = new ArrayList<>();
    for (int rank = 0; rank < 4; rank++) {
      List<Integer> ids = ids(batches, rank, 0);
      assertThat(ids).hasSizeBetween(ROWS / 4, ROWS / 4 + 1).hasSize((int) batches.rows(rank));
      all.addAll(ids);
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(IntStream.range(0, ROWS).boxed().toList());
    assertThat(written.rows()).isEqualTo(ROWS);
    assertThat(written.refused()).isEmpty();
  }

  @Test
  void theOrderDependsOnRowsAndSeedAlone() {
    List<Integer> order = stored(written.shards());
    assertThat(stored(write(DigitTables.rows(spark, ROWS, 2), "b", 7).shards())).isEqualTo(order);
    assertThat(stored(write(DigitTables.rows(spark, ROWS, 2), "c", 8).shards()))
        .isNotEqualTo(order);
  }

  @Test
  void manyRowsMakeMoreFilesAndNoOtherOrder() {
    long many = 80_000_000L / written.shards().recordBytes();
    Shards shards = write(DigitTables.rows(spark, ROWS, 2), "many", 7, many).shards();
    assertThat(shards.files())
        .hasSizeBetween(9, 10)
        .hasSizeGreaterThan(written.shards().files().size());
    assertThat(stored(shards)).isEqualTo(stored(written.shards()));
  }

  @Test
  void theOrderKeepsNothingOfTheTables() {
    // Of a random order of n numbers, a third of the inner ones are greater than both neighbours.
    List<Integer> order = stored(written.shards());
    long peaks =
        IntStream.range(1, ROWS - 1)
            .filter(i -> order.get(i) > order.get(i - 1) && order.get(i) > order.get(i + 1))
            .count();
    assertThat((double) peaks).isCloseTo(ROWS / 3.0, withinPercentage(12));
  }

  @Test
  void epochsDifferAndCanBeResumedAnywhere() {
    ShardedBatches batches = training(written.shards(), 2, 64);
    assertThat(ids(batches, 0, 1))
        .isNotEqualTo(ids(batches, 0, 0))
        .containsExactlyInAnyOrderElementsOf(ids(batches, 0, 0));
    try (BatchSource source = batches.open(0)) {
      Batch third = source.batch(1, 3);
      assertThat(IntStream.range(0, third.rows()).mapToObj(row -> DigitTables.id(third, row)))
          .isEqualTo(ids(batches, 0, 1).subList(3 * 64, 4 * 64));
    }
  }

  @Test
  void imagesLabelsAndWeightsAreThoseOfTheRow() {
    try (BatchSource source = training(written.shards(), 1, 10).open(0)) {
      Batch batch = source.batch(0, 2);
      float[] values = batch.inputs().get(0).values();
      for (int row = 0; row < batch.rows(); row++) {
        int id = DigitTables.id(batch, row);
        byte[] image = DigitTables.image(id);
        for (int i = 0; i < image.length; i++) {
          assertThat(values[row * image.length + i]).isEqualTo((float) ((image[i] & 0xff) / 255.0));
        }
        assertThat(batch.targets()[row]).isEqualTo(id % 3);
        assertThat(batch.weights()[row]).isEqualTo(new float[] {1, 2, 0.5f}[id % 3]);
      }
    }
  }

  @Test
  void executorsReadTheirRanks() {
    ShardedBatches batches = training(written.shards(), 3, 50);
    List<List<Integer>> read =
        new JavaSparkContext(spark.sparkContext())
            .parallelize(List.of(0, 1, 2), 3)
            .map(rank -> ids(batches, rank, 4))
            .collect();
    for (int rank = 0; rank < 3; rank++) {
      assertThat(read.get(rank)).isEqualTo(ids(batches, rank, 4));
    }
  }

  @Test
  void augmentationDependsOnSeedEpochAndExampleAlone() {
    Augmentation noisy = new Augmentation(true, 1, 1, 0.1);
    ShardedBatches one =
        ShardedBatches.training(written.shards(), DigitTables.encoding(), 1, ROWS, 5, noisy, spark);
    ShardedBatches two =
        ShardedBatches.training(written.shards(), DigitTables.encoding(), 2, 10, 5, noisy, spark);
    Set<List<Float>> alone = images(one, 0, 1);
    Set<List<Float>> dealt = images(two, 0, 1);
    dealt.addAll(images(two, 1, 1));
    assertThat(dealt).isEqualTo(alone).isNotEqualTo(images(one, 0, 2));
  }

  private static Set<List<Float>> images(ShardedBatches batches, int rank, int epoch) {
    Set<List<Float>> images = new HashSet<>();
    try (BatchSource source = batches.open(rank)) {
      for (int index = 0; index < batches.steps(); index++) {
        Batch batch = source.batch(epoch, index);
        for (int row = 0; row < batch.rows(); row++) {
          List<Float> image = new ArrayList<>();
          for (int i = 0; i < 16; i++) {
            image.add(batch.inputs().get(0).values()[row * 16 + i]);
          }
          images.add(image);
        }
      }
    }
    return images;
  }

  @Test
  void behindTheLastBatchThereAreNoRows() {
    ShardedBatches batches = training(written.shards(), 2, 64);
    try (BatchSource source = batches.open(1)) {
      assertThat(batches.steps()).isEqualTo(8);
      assertThat(source.batch(0, 7).rows()).isEqualTo(502 - 7 * 64);
      assertThat(source.batch(0, 8).rows()).isZero();
    }
  }

  @Test
  void moreRanksThanExamplesAreRefused() {
    assertThatThrownBy(() -> training(written.shards(), ROWS + 1, 1))
        .hasMessageStartingWith("1003 examples cannot be dealt to 1004 ranks");
  }

  @Test
  void refusedRowsComeOutOfTheSamePass() {
    Dataset<Row> rows =
        DigitTables.rows(spark, 30, 3)
            .withColumn(
                "image",
                functions.expr("case when id = 4 then substring(image, 1, 3) else image end"))
            .withColumn("digit", functions.expr("case when id < 3 then 9 else digit end"));
    ShardWriter.Written some = write(rows, "refused", 1);
    assertThat(some.shards().records()).isEqualTo(26);
    assertThat(some.rows()).isEqualTo(30);
    assertThat(some.refused()).extracting(RefusedRows::count).containsExactly(1L, 3L);
    RefusedRows image = some.refused().get(0);
    assertThat(image.rule()).isEqualTo(Refusal.Rule.IMAGE_SIZE);
    assertThat(image.rows().collectAsList())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<String>getAs("id")).isEqualTo("4");
              assertThat(row.<String>getAs("image")).isEqualTo("3 bytes");
              assertThat(row.<String>getAs(RefusedRows.REASON))
                  .isEqualTo("image has 3 bytes, not 4 x 4 x 1 = 16");
            });
    assertThat(some.refused().get(1).rows().filter("_reason like '%is \\'9\\', which%'").count())
        .isEqualTo(3);
  }

  private static ShardedBatches training(Shards shards, int ranks, int batchSize) {
    return ShardedBatches.training(
        shards, DigitTables.encoding(), ranks, batchSize, 5, Augmentation.NONE, spark);
  }

  /** The ids of all examples as they stand in the files. */
  private static List<Integer> stored(Shards shards) {
    return ids(ShardedBatches.evaluation(shards, DigitTables.encoding(), 1, 100, spark), 0, 0);
  }

  private static List<Integer> ids(ShardedBatches batches, int rank, int epoch) {
    List<Integer> ids = new ArrayList<>();
    try (BatchSource source = batches.open(rank)) {
      for (int index = 0; index < batches.steps(); index++) {
        Batch batch = source.batch(epoch, index);
        for (int row = 0; row < batch.rows(); row++) {
          ids.add(DigitTables.id(batch, row));
        }
      }
    }
    return ids;
  }
}
