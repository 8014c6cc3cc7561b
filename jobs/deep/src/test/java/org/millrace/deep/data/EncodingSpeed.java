package org.millrace.deep.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.language.Analysis;

/**
 * Measures, on one thread, how fast examples come from shards and what it would take to encode them
 * anew in each epoch. To be started by hand with the test classpath; prints the median of five.
 */
final class EncodingSpeed {
  private static final FittedLabel LABEL =
      new FittedLabel.Classes("label", List.of("0", "1"), List.of(1.0, 1.0));

  private final SparkSession spark;
  private final Path folder;

  private EncodingSpeed(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException {
    SparkSession spark =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", "false").getOrCreate();
    EncodingSpeed speed = new EncodingSpeed(spark, Files.createTempDirectory("speed"));
    speed.measure(
        "28 x 28 grey, raw",
        60_000,
        image(28, 1, new Pixels.Raw("x", Pixels.Order.PLANAR)),
        DataTypes.BinaryType,
        i -> noise(i, 784));
    speed.measure(
        "64 x 64 RGB, JPEG",
        5_000,
        image(64, 3, new Pixels.File("x", false)),
        DataTypes.BinaryType,
        i -> jpeg(i, 64));
    speed.measure(
        "224 x 224 RGB, JPEG of 320 x 320",
        500,
        image(224, 3, new Pixels.File("x", true)),
        DataTypes.BinaryType,
        i -> jpeg(i, 320));
    speed.measure("200 words, English", 10_000, text(), DataTypes.StringType, EncodingSpeed::words);
    speed.measure(
        "1 s of sound, 44 x 13",
        500,
        sound(),
        DataTypes.BinaryType,
        i -> References.file("tones-22050.wav"));
    spark.stop();
  }

  private static FittedInput image(int side, int channels, Pixels pixels) {
    return new FittedInput.Images(
        "input", new Input.Image(side, side, channels, pixels, 1 / 255.0, List.of(), List.of()));
  }

  private static FittedInput text() {
    Input.Text input =
        new Input.Text("x", new Analysis.English(true, false), 200, new Words.Stored("none"));
    List<String> words = IntStream.range(0, 20_000).mapToObj(i -> "word" + i).toList();
    return new FittedInput.Texts("input", input, new Vocabulary(words));
  }

  private static FittedInput sound() {
    Input.Audio input =
        new Input.Audio(
            "x", 22050, 44, new Input.Cepstrum(13, 2048, 512, 128), Input.Form.IMAGE, false);
    return new FittedInput.Sounds("input", input, Standardization.none(13));
  }

  private void measure(
      String what, int count, FittedInput input, DataType type, IntFunction<Object> value) {
    StructType schema = new StructType().add("x", type).add("label", DataTypes.LongType);
    JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
    List<Integer> numbers = IntStream.range(0, count).boxed().toList();
    List<Row> local =
        numbers.stream().map(i -> RowFactory.create(value.apply(i), (long) i % 2)).toList();
    Dataset<Row> rows =
        spark.createDataFrame(context.parallelize(numbers, 4).map(local::get), schema);
    Encoding encoding = new Encoding(List.of(input), LABEL);
    var target =
        new org.apache.hadoop.fs.Path(folder.resolve(what.replaceAll("\\W+", "-")).toUri());
    long begun = System.nanoTime();
    Shards shards = new ShardWriter(encoding, target, 1, count).write(rows).shards();
    double written = (System.nanoTime() - begun) / 1e9;
    ShardedBatches batches =
        ShardedBatches.training(shards, encoding, 1, 64, 1, Augmentation.NONE, spark);
    RowEncoder encoder = new RowEncoder(encoding, schema, true);
    BatchBuffer buffer = new BatchBuffer(encoding, true, 64, Augmentation.NONE);
    double encode =
        median(
            () -> {
              for (Row row : local) {
                if (buffer.isFull()) {
                  buffer.clear();
                }
                buffer.add((Encoded.Example) encoder.encode(row));
              }
              return count;
            });
    try (BatchSource source = batches.open(0)) {
      double read =
          median(
              () -> {
                long seen = 0;
                for (int index = 0; index < batches.steps(); index++) {
                  seen += source.batch(0, index).rows();
                }
                return seen;
              });
      System.out.printf(
          Locale.ROOT,
          "%s: %d examples written once in %.1f s (%d bytes each); from shards %.0f a second, encoded anew %.0f a second%n",
          what,
          count,
          written,
          shards.recordBytes(),
          read,
          encode);
    }
  }

  /** Of what is counted, so much a second. */
  private static double median(LongSupplier work) {
    double[] speeds = new double[5];
    for (int i = 0; i < speeds.length; i++) {
      long begun = System.nanoTime();
      long count = work.getAsLong();
      speeds[i] = count * 1e9 / (System.nanoTime() - begun);
    }
    Arrays.sort(speeds);
    return speeds[2];
  }

  private static byte[] noise(int seed, int bytes) {
    byte[] noise = new byte[bytes];
    new Random(seed).nextBytes(noise);
    return noise;
  }

  private static byte[] jpeg(int seed, int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int shade = (int) (127 + 120 * Math.sin((x * y + seed) / 200.0));
        image.setRGB(x, y, (shade << 16) | ((255 - shade) << 8) | ((x + seed) & 0xff));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String words(int seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      text.append("Word").append(random.nextInt(25_000)).append(i % 12 == 11 ? ". " : " ");
    }
    return text.toString();
  }
}
