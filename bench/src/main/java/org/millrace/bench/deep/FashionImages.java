package org.millrace.bench.deep;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.millrace.deep.data.Batch;
import org.millrace.deep.net.Shape;

/**
 * Fashion-MNIST from its IDX files, plain or gzipped; pixels 0 to 1.
 *
 * @param pixels images x 784
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record FashionImages(float[] pixels, float[] labels) {
  static final Shape SHAPE = new Shape.Image(28, 28, 1);
  private static final int SIZE = 28 * 28;

  /** From PREFIX-images-idx3-ubyte and PREFIX-labels-idx1-ubyte, with or without .gz. */
  static FashionImages read(String prefix) throws IOException {
    byte[] images = content(prefix + "-images-idx3-ubyte", 16);
    byte[] classes = content(prefix + "-labels-idx1-ubyte", 8);
    float[] pixels = new float[images.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (images[i] & 0xff) / 255f;
    }
    float[] labels = new float[classes.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = classes[i];
    }
    return new FashionImages(pixels, labels);
  }

  private static byte[] content(String file, int header) throws IOException {
    Path plain = Path.of(file);
    try (InputStream in =
            Files.exists(plain)
                ? Files.newInputStream(plain)
                : new GZIPInputStream(Files.newInputStream(Path.of(file + ".gz")));
        DataInputStream data = new DataInputStream(in)) {
      data.skipBytes(header);
      return data.readAllBytes();
    }
  }

  int count() {
    return labels.length;
  }

  /** The images from..to-1. */
  FashionImages part(int from, int to) {
    return new FashionImages(
        Arrays.copyOfRange(pixels, from * SIZE, to * SIZE), Arrays.copyOfRange(labels, from, to));
  }

  /** Numbers of the images in an order by chance. */
  int[] shuffled(Random random) {
    int[] order = IntStream.range(0, count()).toArray();
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    return order;
  }

  /** Images order[from]..order[to-1]. */
  Batch batch(int[] order, int from, int to) {
    int rows = to - from;
    float[] values = new float[rows * SIZE];
    float[] targets = new float[rows];
    float[] weights = new float[rows];
    for (int row = 0; row < rows; row++) {
      int image = order[from + row];
      System.arraycopy(pixels, image * SIZE, values, row * SIZE, SIZE);
      targets[row] = labels[image];
      weights[row] = 1;
    }
    return new Batch(
        rows, List.of(new Batch.Input("image", SHAPE, values, null)), targets, weights);
  }
}
