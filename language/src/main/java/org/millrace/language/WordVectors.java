package org.millrace.language;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * The mean of the vectors of a text's known words.
 *
 * @param numbers words x size, a word after the other
 */
// Numbers by the million; nobody compares these records.
@SuppressWarnings("ArrayRecordComponent")
record WordVectors(Analysis analysis, List<String> words, int size, float[] numbers)
    implements FittedVectors {
  private static final int CHUNK = 64;

  @Override
  public int chunk() {
    return CHUNK;
  }

  @Override
  public Vectorizer open() {
    Grams grams = new Grams(analysis, 1);
    ToIntFunction<String> places = new Terms.Known(words).places();
    return texts -> {
      List<Vector> vectors = new ArrayList<>();
      texts.forEach(text -> vectors.add(mean(grams.of(text), places)));
      return vectors;
    };
  }

  private Vector mean(List<String> text, ToIntFunction<String> places) {
    double[] mean = new double[size];
    int known = 0;
    for (String word : text) {
      int place = places.applyAsInt(word);
      if (place >= 0) {
        known++;
        for (int i = 0; i < size; i++) {
          mean[i] += numbers[place * size + i];
        }
      }
    }
    for (int i = 0; i < size; i++) {
      mean[i] /= Math.max(1, known);
    }
    return Vectors.dense(mean);
  }
}
