package org.millrace.deep.data;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.util.Locale;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Measures what memory it takes to write shards of so many made-up images and to read an epoch of
 * them. To be started by hand with the test classpath and a heap that does not hold the examples.
 */
final class ShardMemory {
  private ShardMemory() {}

  /**
   * Prints heap and buffers in use at the end; that it ends within its heap is the proof.
   *
   * @param arguments how many images of 28 x 28
   */
  public static void main(String[] arguments) throws Exception {
    long count = Long.parseLong(arguments[0]);
    SparkSession spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", "false").getOrCreate();
    StructType schema =
        new StructType().add("x", DataTypes.BinaryType).add("label", DataTypes.LongType);
    MapFunction<Long, Row> image =
        id -> {
          byte[] pixels = new byte[784];
          new java.util.SplittableRandom(id).nextBytes(pixels);
          return RowFactory.create(pixels, id % 2);
        };
    Dataset<Row> rows =
        spark.range(0, count, 1, 4).as(Encoders.LONG()).map(image, Encoders.row(schema));
    Input.Image input =
        new Input.Image(
            28,
            28,
            1,
            new Pixels.Raw("x", Pixels.Order.PLANAR),
            1 / 255.0,
            java.util.List.of(),
            java.util.List.of());
    Encoding encoding =
        new Encoding(
            java.util.List.of(new FittedInput.Images("input", input)),
            new FittedLabel.Classes(
                "label", java.util.List.of("0", "1"), java.util.List.of(1.0, 1.0)));
    var folder = new org.apache.hadoop.fs.Path(Files.createTempDirectory("memory").toUri());
    Shards shards = new ShardWriter(encoding, folder, 1, count).write(rows).shards();
    ShardedBatches batches =
        ShardedBatches.training(shards, encoding, 2, 64, 1, Augmentation.NONE, spark);
    long seen = 0;
    for (int rank = 0; rank < 2; rank++) {
      try (BatchSource source = batches.open(rank)) {
        for (int index = 0; index < batches.steps(); index++) {
          seen += source.batch(0, index).rows();
        }
      }
    }
    System.gc();
    long heap = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null) {
        heap += pool.getCollectionUsage().getUsed();
      }
    }
    long direct = 0;
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      direct += pool.getMemoryUsed();
    }
    System.out.printf(
        Locale.ROOT,
        "%d examples of %d bytes read; at most %d MB of heap; at the end %d MB of heap in use, %d MB of buffers%n",
        seen,
        shards.recordBytes(),
        Runtime.getRuntime().maxMemory() >> 20,
        heap >> 20,
        direct >> 20);
    spark.stop();
  }
}
