package org.millrace.bench.scaling;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.millrace.deep.data.Batch;
import org.millrace.deep.data.BatchSource;
import org.millrace.deep.data.Batches;
import org.millrace.deep.net.Shape;

/**
 * A part of Fashion-MNIST from its gzipped IDX files, dealt to ranks in turn, in memory.
 *
 * @param prefix of the files: PREFIX-images-idx3-ubyte.gz and PREFIX-labels-idx1-ubyte.gz
 * @param first image of the part
 * @param total images of the part
 */
record FashionBatches(String prefix, int first, int total, int ranks, int batchSize)
    implements Batches {
  static final Shape.Image SHAPE = new Shape.Image(28, 28, 1);
  private static final int IMAGES_HEADER = 16;
  private static final int LABELS_HEADER = 8;

  @Override
  public long rows(int rank) {
    return ((long) total - rank + ranks - 1) / ranks;
  }

  @Override
  public BatchSource open(int rank) {
    byte[] images = read(prefix + "-images-idx3-ubyte.gz", IMAGES_HEADER);
    byte[] labels = read(prefix + "-labels-idx1-ubyte.gz", LABELS_HEADER);
    float[] values = new float[batchSize * SHAPE.size()];
    float[] targets = new float[batchSize];
    float[] weights = new float[batchSize];
    Arrays.fill(weights, 1);
    Batch.Input input = new Batch.Input("image", SHAPE, values, null);
    return new BatchSource() {
      @Override
      public Batch batch(int epoch, int index) {
        int done = index * batchSize;
        int rows = (int) Math.max(0, Math.min(batchSize, rows(rank) - done));
        for (int row = 0; row < rows; row++) {
          int image = first + (done + row) * ranks + rank;
          for (int i = 0; i < SHAPE.size(); i++) {
            values[row * SHAPE.size() + i] = (images[image * SHAPE.size() + i] & 0xff) / 255f;
          }
          targets[row] = labels[image];
        }
        return new Batch(rows, List.of(input), targets, weights);
      }

      @Override
      public void close() {}
    };
  }

  private static byte[] read(String file, int header) {
    try (DataInputStream data =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(Path.of(file))))) {
      data.skipNBytes(header);
      return data.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
