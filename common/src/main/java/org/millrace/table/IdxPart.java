package org.millrace.table;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Some images of an IDX file with their labels, read one by one.
 *
 * @param labels the file of labels; empty where there is none
 * @param first of the file's images
 * @param index of the first one among all images
 */
record IdxPart(String images, String labels, int imageBytes, int first, int count, long index) {
  private static final int IMAGES_HEADER = 16;
  private static final int LABELS_HEADER = 8;

  /** Paths cannot hold a line end that Hadoop would take. */
  String toText() {
    return String.join(
        "\n",
        images,
        labels,
        String.valueOf(imageBytes),
        String.valueOf(first),
        String.valueOf(count),
        String.valueOf(index));
  }

  static IdxPart of(String text) {
    String[] parts = text.split("\n", -1);
    return new IdxPart(
        parts[0],
        parts[1],
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]),
        Integer.parseInt(parts[4]),
        Long.parseLong(parts[5]));
  }

  /** The rows of these images; the files are closed with the task. */
  Iterator<Row> open(Configuration hadoop) throws IOException {
    DataInputStream image = at(images, IMAGES_HEADER + (long) first * imageBytes, hadoop);
    DataInputStream label = labels.isEmpty() ? null : at(labels, LABELS_HEADER + first, hadoop);
    return new Iterator<>() {
      private int read;

      @Override
      public boolean hasNext() {
        return read < count;
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new java.util.NoSuchElementException();
        }
        try {
          byte[] pixels = new byte[imageBytes];
          image.readFully(pixels);
          long place = index + read++;
          return label == null
              ? RowFactory.create(pixels, place)
              : RowFactory.create(pixels, label.readUnsignedByte(), place);
        } catch (IOException e) {
          throw new UncheckedIOException(
              "image " + (first + read) + " of " + images + " cannot be read", e);
        }
      }
    };
  }

  private static DataInputStream at(String path, long start, Configuration hadoop)
      throws IOException {
    DataInputStream stream = IdxHeader.open(path, hadoop);
    TaskCompletionListener end =
        task -> {
          try {
            stream.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    TaskContext.get().addTaskCompletionListener(end);
    stream.skipNBytes(start);
    return stream;
  }
}
