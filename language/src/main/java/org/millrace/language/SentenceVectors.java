package org.millrace.language;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.millrace.outcome.Stop;

/**
 * Vectors by a sentence model.
 *
 * @param size numbers of a vector
 */
record SentenceVectors(SentenceFiles files, TextVectors.Embeddings settings, int size)
    implements FittedVectors {
  /** Batches that are taken together, so that texts of like length go into one. */
  private static final int BATCHES = 16;

  /**
   * Opens the model once on the driver, so that what is wrong with it is said before the work.
   *
   * @throws Stop exit 2 where it is not a sentence model
   */
  static SentenceVectors of(TextVectors.Embeddings settings, Configuration hadoop) {
    SentenceFiles files = SentenceFiles.of(settings.model(), hadoop);
    try (SentenceEncoder encoder = SentenceEncoder.of(files.model(), files.tokenizer(), settings)) {
      return new SentenceVectors(files, settings, encoder.encode(List.of("size"))[0].length);
    } catch (OrtException | IOException | RuntimeException e) {
      throw Stop.usage(
              "%s is not a sentence model that can be used: %s; accepted: an ONNX model of"
                  + " input_ids, attention_mask and perhaps token_type_ids that gives token vectors"
                  + " or a sentence vector, with its tokenizer.json",
              settings.model(), e.getMessage())
          .because(e);
    }
  }

  @Override
  public int chunk() {
    return settings.batchSize() * BATCHES;
  }

  @Override
  public Vectorizer open() {
    SharedEncoder.Lease lease = SharedEncoder.lease(files, settings);
    return new Vectorizer() {
      @Override
      public List<Vector> vectors(List<String> texts) {
        List<Vector> vectors = new ArrayList<>();
        try {
          for (float[] embedding : lease.encoder().encode(texts)) {
            double[] numbers = new double[embedding.length];
            for (int i = 0; i < numbers.length; i++) {
              numbers[i] = embedding[i];
            }
            vectors.add(Vectors.dense(numbers));
          }
          return vectors;
        } catch (OrtException e) {
          throw new IllegalStateException("the sentence model failed: " + e.getMessage(), e);
        }
      }

      @Override
      public void close() {
        lease.close();
      }
    };
  }
}
