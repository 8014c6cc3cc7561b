package org.millrace.language;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * Term frequency times inverse document frequency, scaled to length 1. The weights are those of
 * scikit-learn's TfidfVectorizer (smooth): {@code idf = ln((1 + texts) / (1 + texts with the term))
 * + 1}.
 *
 * @param logarithmic whether a term that is there n times counts {@code 1 + ln n}, else n
 * @param idf weight of each place; empty where all weigh 1
 */
// Numbers by the million; nobody compares these records.
@SuppressWarnings("ArrayRecordComponent")
record TfIdfVectors(
    Analysis analysis, int longestGram, Terms places, boolean logarithmic, double[] idf)
    implements FittedVectors {
  private static final int CHUNK = 64;

  static double idf(long texts, long withTerm) {
    return Math.log((1.0 + texts) / (1.0 + withTerm)) + 1;
  }

  @Override
  public int size() {
    return places.size();
  }

  @Override
  public boolean sparse() {
    return true;
  }

  @Override
  public int chunk() {
    return CHUNK;
  }

  @Override
  public List<WeightedTerm> terms() {
    List<WeightedTerm> weighted = new ArrayList<>();
    if (places instanceof Terms.Known known) {
      for (String term : known.terms()) {
        weighted.add(new WeightedTerm(term, weight(weighted.size())));
      }
    }
    return weighted;
  }

  private double weight(int place) {
    return idf.length == 0 ? 1 : idf[place];
  }

  @Override
  public Vectorizer open() {
    Grams grams = new Grams(analysis, longestGram);
    ToIntFunction<String> where = places.places();
    return texts -> {
      List<Vector> vectors = new ArrayList<>();
      texts.forEach(text -> vectors.add(vector(grams.of(text), where)));
      return vectors;
    };
  }

  private Vector vector(List<String> grams, ToIntFunction<String> where) {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (String gram : grams) {
      int place = where.applyAsInt(gram);
      if (place >= 0) {
        counts.merge(place, 1, Integer::sum);
      }
    }
    int[] indices = new int[counts.size()];
    double[] values = new double[counts.size()];
    double squares = 0;
    int at = 0;
    for (var counted : counts.entrySet()) {
      double tf = logarithmic ? 1 + Math.log(counted.getValue()) : counted.getValue();
      indices[at] = counted.getKey();
      values[at] = tf * weight(counted.getKey());
      squares += values[at] * values[at];
      at++;
    }
    double length = Math.sqrt(squares);
    for (int i = 0; i < values.length; i++) {
      values[i] /= length;
    }
    return Vectors.sparse(size(), indices, values);
  }
}
