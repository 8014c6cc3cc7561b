package org.millrace.bench.memory;

import java.io.DataInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Writes a Parquet table of so many pictures: {@code PREFIX COUNT FOLDER}. They are those of the
 * gzipped IDX files, over and over, each with noise of its own, so that no two are equal.
 */
public final class PictureTable {
  private static final int SIZE = 28 * 28;
  private static final int IMAGES_HEADER = 16;
  private static final int LABELS_HEADER = 8;
  private static final int NOISE = 8;
  private static final int PARTS = 4;

  private PictureTable() {}

  public static void main(String[] arguments) throws Exception {
    SparkSession spark = SparkSession.builder().appName("pictures").getOrCreate();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<byte[]> images =
        context.broadcast(read(arguments[0] + "-images-idx3-ubyte.gz", IMAGES_HEADER));
    Broadcast<byte[]> labels =
        context.broadcast(read(arguments[0] + "-labels-idx1-ubyte.gz", LABELS_HEADER));
    MapFunction<Long, Row> picture = id -> picture(id, images.value(), labels.value());
    StructType schema =
        new StructType()
            .add("index", DataTypes.LongType)
            .add("image", DataTypes.BinaryType)
            .add("label", DataTypes.LongType);
    spark
        .range(0, Long.parseLong(arguments[1]), 1, PARTS)
        .as(Encoders.LONG())
        .map(picture, Encoders.row(schema))
        .write()
        .mode("overwrite")
        .parquet(arguments[2]);
    spark.stop();
  }

  private static Row picture(long id, byte[] images, byte[] labels) {
    int source = (int) (id % labels.length);
    SplittableRandom random = new SplittableRandom(id);
    byte[] pixels = new byte[SIZE];
    for (int i = 0; i < SIZE; i++) {
      int pixel = (images[source * SIZE + i] & 0xff) + random.nextInt(NOISE);
      pixels[i] = (byte) Math.min(255, pixel);
    }
    return RowFactory.create(id, pixels, (long) labels[source]);
  }

  private static byte[] read(String file, int header) throws Exception {
    try (DataInputStream data =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(Path.of(file))))) {
      data.skipNBytes(header);
      return data.readAllBytes();
    }
  }
}
