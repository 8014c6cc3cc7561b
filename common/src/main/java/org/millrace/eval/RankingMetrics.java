package org.millrace.eval;

import java.util.List;
import java.util.Set;

/**
 * Qualities of one ranked list against the set of items that were relevant, both for binary
 * relevance. A list shorter than k counts as if filled up with irrelevant items; an empty set of
 * relevant items gives 0. The definitions and denominators are those of Spark MLlib's class of the
 * same name, which averages them over lists.
 */
public final class RankingMetrics {

  private RankingMetrics() {}

  /** Relevant items among the first k, divided by k. */
  public static <T> double precisionAt(List<T> ranked, Set<T> relevant, int k) {
    return (double) hits(ranked, relevant, k) / k;
  }

  /** Relevant items among the first k, divided by the number of relevant items. */
  public static <T> double recallAt(List<T> ranked, Set<T> relevant, int k) {
    return relevant.isEmpty() ? 0 : (double) hits(ranked, relevant, k) / relevant.size();
  }

  /**
   * Normalised discounted cumulative gain: the sum of 1 / log2(1 + rank) over the relevant items
   * among the first k, divided by the same sum for a list that starts with min(k, |relevant|)
   * relevant items. Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM
   * TOIS 20(4), 2002.
   */
  public static <T> double ndcgAt(List<T> ranked, Set<T> relevant, int k) {
    requirePositive(k);
    double gain = 0;
    for (int i = 0; i < Math.min(k, ranked.size()); i++) {
      if (relevant.contains(ranked.get(i))) {
        gain += discount(i);
      }
    }
    double ideal = 0;
    for (int i = 0; i < Math.min(k, relevant.size()); i++) {
      ideal += discount(i);
    }
    return ideal == 0 ? 0 : gain / ideal;
  }

  /**
   * Average precision: the sum over the relevant items among the first k of the precision at their
   * rank, divided by min(k, |relevant|), as MLlib's {@code meanAveragePrecisionAt} does.
   */
  public static <T> double averagePrecisionAt(List<T> ranked, Set<T> relevant, int k) {
    requirePositive(k);
    int hits = 0;
    double sum = 0;
    for (int i = 0; i < Math.min(k, ranked.size()); i++) {
      if (relevant.contains(ranked.get(i))) {
        hits++;
        sum += (double) hits / (i + 1);
      }
    }
    return relevant.isEmpty() ? 0 : sum / Math.min(k, relevant.size());
  }

  private static <T> int hits(List<T> ranked, Set<T> relevant, int k) {
    requirePositive(k);
    int hits = 0;
    for (int i = 0; i < Math.min(k, ranked.size()); i++) {
      if (relevant.contains(ranked.get(i))) {
        hits++;
      }
    }
    return hits;
  }

  private static double discount(int index) {
    return 1 / Math.log(index + 2.0);
  }

  private static void requirePositive(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, was " + k);
    }
  }
}
