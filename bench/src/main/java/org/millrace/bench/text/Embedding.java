package org.millrace.bench.text;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.Vector;
import org.millrace.language.FittedVectors;
import org.millrace.language.TextVectors;
import org.millrace.language.Vectorizer;

/**
 * Embeds the lines of a file, tokens and all, and tells the rows a second of the second time:
 * {@code Embedding MODEL TEXTS OUT THREADS BATCH}. OUT gets the vectors, floats in little-endian
 * order.
 */
public final class Embedding {
  private Embedding() {}

  public static void main(String[] line) throws IOException {
    List<String> texts = Files.readAllLines(Path.of(line[1]));
    int threads = Integer.parseInt(line[3]);
    int batch = Integer.parseInt(line[4]);
    FittedVectors model =
        new TextVectors.Embeddings(line[0], 256, batch, threads, true).open(new Configuration());
    try (Vectorizer vectorizer = model.open()) {
      vectorizer.vectors(texts);
      long from = System.nanoTime();
      List<Vector> vectors = vectorizer.vectors(texts);
      double seconds = (System.nanoTime() - from) / 1e9;
      write(Path.of(line[2]), vectors);
      System.out.printf("%.2f%n", texts.size() / seconds);
    }
  }

  private static void write(Path file, List<Vector> vectors) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (Vector vector : vectors) {
        double[] numbers = vector.toArray();
        byte[] bytes = new byte[numbers.length * Float.BYTES];
        var floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        for (double number : numbers) {
          floats.put((float) number);
        }
        out.write(bytes);
      }
    }
  }
}
