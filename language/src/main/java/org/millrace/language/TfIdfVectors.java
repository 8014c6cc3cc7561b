package org.millrace.language;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * @param unknown weight of a word without a place; they have the last place together. 0 leaves them
 *     out
 */
// Numbers by the million; nobody compares these records.
@SuppressWarnings("ArrayRecordComponent")
record TfIdfVectors(
    Analysis analysis,
    int longestGram,
    Terms places,
    boolean logarithmic,
    double[] idf,
    double unknown)
    implements FittedVectors {
  private static final int CHUNK = 64;

  static double idf(long texts, long withTerm) {
    return Math.log((1.0 + texts) / (1.0 + withTerm)) + 1;
  }

  @Override
  public int size() {
    return places.size() + (unknown > 0 ? 1 : 0);
  }

  @Override
  public int termPlaces() {
    return size();
  }

  @Override
  public int unknownPlace() {
    return unknown > 0 ? places.size() : -1;
  }

  @Override
  public BitSet wordPlaces() {
    BitSet words = new BitSet(size());
    words.set(0, size());
    if (longestGram > 1 && places instanceof Terms.Known known) {
      for (int place = 0; place < known.terms().size(); place++) {
        words.set(place, known.terms().get(place).indexOf(Grams.BETWEEN) < 0);
      }
    }
    return words;
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

  private double frequency(int times) {
    return logarithmic ? 1 + Math.log(times) : times;
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
    Map<String, Integer> strange = new HashMap<>();
    for (String gram : grams) {
      int place = where.applyAsInt(gram);
      if (place >= 0) {
        counts.merge(place, 1, Integer::sum);
      } else if (unknown > 0 && gram.indexOf(Grams.BETWEEN) < 0) {
        strange.merge(gram, 1, Integer::sum);
      }
    }
    int known = counts.size();
    int[] indices = new int[known + (strange.isEmpty() ? 0 : 1)];
    double[] values = new double[indices.length];
    double squares = 0;
    for (int times : strange.values()) {
      double value = frequency(times) * unknown;
      squares += value * value;
    }
    if (!strange.isEmpty()) {
      indices[known] = places.size();
      values[known] = Math.sqrt(squares);
    }
    int at = 0;
    for (var counted : counts.entrySet()) {
      indices[at] = counted.getKey();
      values[at] = frequency(counted.getValue()) * weight(counted.getKey());
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
