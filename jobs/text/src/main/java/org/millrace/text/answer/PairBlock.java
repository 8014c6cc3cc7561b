package org.millrace.text.answer;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/**
 * Vectors of some thousand known questions, scaled to length 1, laid so that their nearness to one
 * question is soon told: by place, which pairs have a number there (an inverted index).
 */
public final class PairBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Nearness nearness;
  private final long[] pairs;

  /** Length of what is behind the places of terms. */
  private final float[] meant;

  /** The places at which a vector has a number, ascending. */
  private final int[] places;

  /** Where the entries of a place begin, and those of the last one end. */
  private final int[] from;

  private final int[] members;
  private final float[] numbers;

  private PairBlock(Nearness nearness, long[] pairs, float[] meant, Index index) {
    this.nearness = nearness;
    this.pairs = pairs;
    this.meant = meant;
    this.places = index.places;
    this.from = index.from;
    this.members = index.members;
    this.numbers = index.numbers;
  }

  // Arrays that a block takes over.
  @SuppressWarnings("ArrayRecordComponent")
  private record Index(int[] places, int[] from, int[] members, float[] numbers) {}

  /**
   * @param pairs their numbers
   * @param vectors of their questions, as many
   */
  public static PairBlock of(Nearness nearness, List<Long> pairs, List<Vector> vectors) {
    List<SparseVector> sparse = vectors.stream().map(Vector::toSparse).toList();
    double[] lengths = new double[sparse.size()];
    float[] meant = new float[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = length(sparse.get(i), 0);
      meant[i] = (float) (length(sparse.get(i), nearness.termPlaces()) / lengths[i]);
    }
    return new PairBlock(
        nearness,
        pairs.stream().mapToLong(p -> p).toArray(),
        meant,
        index(sparse, lengths, nearness.unknownPlace()));
  }

  /**
   * @param left a place that is left out
   */
  private static Index index(List<SparseVector> vectors, double[] lengths, int left) {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    int entries = 0;
    for (SparseVector vector : vectors) {
      for (int place : vector.indices()) {
        if (place != left) {
          counts.merge(place, 1, Integer::sum);
          entries++;
        }
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
      SparseVector vector = vectors.get(i);
      for (int e = 0; e < vector.indices().length; e++) {
        int p = Arrays.binarySearch(places, vector.indices()[e]);
        if (p >= 0) {
          members[next[p]] = i;
          numbers[next[p]++] = (float) (vector.values()[e] / lengths[i]);
        }
      }
    }
    return new Index(places, from, members, numbers);
  }

  /** Of the numbers at and behind a place. */
  private static double length(SparseVector vector, int first) {
    double squares = 0;
    for (int e = 0; e < vector.indices().length; e++) {
      if (vector.indices()[e] >= first) {
        squares += vector.values()[e] * vector.values()[e];
      }
    }
    return Math.sqrt(squares);
  }

  /** The k nearest pairs, of those whose nearness is above 0. */
  public Best best(Vector question, int k) {
    SparseVector asked = question.toSparse();
    double length = length(asked, 0);
    double[] cosines = new double[pairs.length];
    double[] covered = new double[pairs.length];
    double[] meanings = new double[pairs.length];
    double words = 0;
    for (int e = 0; e < asked.indices().length; e++) {
      int place = asked.indices()[e];
      double number = asked.values()[e] / length;
      double word = nearness.wordPlaces().get(place) ? number * number : 0;
      words += word;
      int p = Arrays.binarySearch(places, place);
      for (int at = p < 0 ? 0 : from[p]; p >= 0 && at < from[p + 1]; at++) {
        double product = number * numbers[at];
        cosines[members[at]] += product;
        covered[members[at]] += word;
        meanings[members[at]] += place < nearness.termPlaces() ? 0 : product;
      }
    }
    double meaning = length(asked, nearness.termPlaces()) / length;
    Best best = new Best(k);
    for (int i = 0; i < cosines.length; i++) {
      double score =
          nearness.score(
              cosines[i], ratio(covered[i], words), ratio(meanings[i], meaning * meant[i]));
      if (score > 0) {
        best.offer(pairs[i], score);
      }
    }
    return best;
  }

  private static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 0;
  }
}
