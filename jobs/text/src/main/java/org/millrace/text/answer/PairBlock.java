package org.millrace.text.answer;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.Vector;

/**
 * Vectors of some thousand known questions, scaled to length 1, laid so that the cosines with one
 * question are soon told: by place, which pairs have a number there (an inverted index).
 */
public final class PairBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] pairs;

  /** The places at which a vector has a number, ascending. */
  private final int[] places;

  /** Where the entries of a place begin, and those of the last one end. */
  private final int[] from;

  private final int[] members;
  private final float[] numbers;

  private PairBlock(long[] pairs, int[] places, int[] from, int[] members, float[] numbers) {
    this.pairs = pairs;
    this.places = places;
    this.from = from;
    this.members = members;
    this.numbers = numbers;
  }

  /**
   * @param pairs their numbers
   * @param vectors of their questions, as many
   */
  public static PairBlock of(List<Long> pairs, List<Vector> vectors) {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    double[] lengths = new double[vectors.size()];
    int entries = 0;
    for (int i = 0; i < lengths.length; i++) {
      Vector vector = vectors.get(i).toSparse();
      lengths[i] = length(vector);
      for (int place : vector.toSparse().indices()) {
        counts.merge(place, 1, Integer::sum);
        entries++;
      }
    }
    int[] places = counts.keySet().stream().mapToInt(p -> p).toArray();
    int[] from = new int[places.length + 1];
    for (int p = 0; p < places.length; p++) {
      from[p + 1] = from[p] + counts.get(places[p]);
    }
    int[] next = Arrays.copyOf(from, places.length);
    int[] members = new int[entries];
    float[] numbers = new float[entries];
    for (int i = 0; i < lengths.length; i++) {
      var sparse = vectors.get(i).toSparse();
      for (int e = 0; e < sparse.indices().length; e++) {
        int p = Arrays.binarySearch(places, sparse.indices()[e]);
        members[next[p]] = i;
        numbers[next[p]++] = (float) (sparse.values()[e] / lengths[i]);
      }
    }
    return new PairBlock(
        pairs.stream().mapToLong(p -> p).toArray(), places, from, members, numbers);
  }

  private static double length(Vector vector) {
    double squares = 0;
    for (double number : vector.toSparse().values()) {
      squares += number * number;
    }
    return Math.sqrt(squares);
  }

  /** The k pairs with the greatest cosine above 0. */
  public Best best(Vector question, int k) {
    double[] cosines = new double[pairs.length];
    double length = length(question);
    var sparse = question.toSparse();
    for (int e = 0; e < sparse.indices().length; e++) {
      int p = Arrays.binarySearch(places, sparse.indices()[e]);
      if (p >= 0) {
        double number = sparse.values()[e] / length;
        for (int at = from[p]; at < from[p + 1]; at++) {
          cosines[members[at]] += number * numbers[at];
        }
      }
    }
    Best best = new Best(k);
    for (int i = 0; i < cosines.length; i++) {
      if (cosines[i] > 0) {
        best.offer(pairs[i], cosines[i]);
      }
    }
    return best;
  }
}
