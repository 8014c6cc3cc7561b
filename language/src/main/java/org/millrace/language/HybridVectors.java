package org.millrace.language;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * Terms and, behind them, the numbers of a sentence model: each part scaled to length 1 and weighed
 * by the root of its share.
 */
record HybridVectors(double termsShare, FittedVectors words, FittedVectors meanings)
    implements FittedVectors {

  @Override
  public int size() {
    return words.size() + meanings.size();
  }

  @Override
  public boolean sparse() {
    return true;
  }

  @Override
  public int termPlaces() {
    return words.termPlaces();
  }

  @Override
  public BitSet wordPlaces() {
    return words.wordPlaces();
  }

  @Override
  public int unknownPlace() {
    return words.unknownPlace();
  }

  @Override
  public int chunk() {
    return meanings.chunk();
  }

  @Override
  public List<WeightedTerm> terms() {
    return words.terms();
  }

  @Override
  public Vectorizer open() {
    Vectorizer byWords = words.open();
    Vectorizer byMeaning = meanings.open();
    return new Vectorizer() {
      @Override
      public List<Vector> vectors(List<String> texts) {
        List<Vector> known = byWords.vectors(texts);
        List<Vector> meant = byMeaning.vectors(texts);
        List<Vector> joined = new ArrayList<>();
        for (int i = 0; i < known.size(); i++) {
          joined.add(joined(known.get(i).toSparse(), meant.get(i)));
        }
        return joined;
      }

      @Override
      public void close() {
        byWords.close();
        byMeaning.close();
      }
    };
  }

  private Vector joined(SparseVector terms, Vector meaning) {
    int known = terms.indices().length;
    int[] places = Arrays.copyOf(terms.indices(), known + meaning.size());
    double[] numbers = Arrays.copyOf(terms.values(), known + meaning.size());
    scale(numbers, 0, known, Math.sqrt(termsShare));
    for (int i = 0; i < meaning.size(); i++) {
      places[known + i] = words.size() + i;
      numbers[known + i] = meaning.apply(i);
    }
    scale(numbers, known, numbers.length, Math.sqrt(1 - termsShare));
    return Vectors.sparse(size(), places, numbers);
  }

  private static void scale(double[] numbers, int from, int to, double length) {
    double squares = 0;
    for (int i = from; i < to; i++) {
      squares += numbers[i] * numbers[i];
    }
    if (squares > 0) {
      double factor = length / Math.sqrt(squares);
      for (int i = from; i < to; i++) {
        numbers[i] *= factor;
      }
    }
  }
}
