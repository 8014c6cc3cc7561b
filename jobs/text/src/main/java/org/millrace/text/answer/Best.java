package org.millrace.text.answer;

import java.io.Serializable;
import java.util.Arrays;

/** The best pairs for a question: scores descending, of equal ones the first pair. */
public final class Best implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] pairs;
  private final double[] scores;
  private int size;

  /** None yet, and room for k. */
  public Best(int k) {
    this.pairs = new long[k];
    this.scores = new double[k];
  }

  public int size() {
    return size;
  }

  public long pair(int rank) {
    return pairs[rank];
  }

  public double score(int rank) {
    return scores[rank];
  }

  /** Takes a pair in where it is among the best. */
  public void offer(long pair, double score) {
    int at = size;
    while (at > 0
        && (scores[at - 1] < score || (scores[at - 1] == score && pairs[at - 1] > pair))) {
      at--;
    }
    if (at == pairs.length) {
      return;
    }
    int last = Math.min(size, pairs.length - 1);
    System.arraycopy(pairs, at, pairs, at + 1, last - at);
    System.arraycopy(scores, at, scores, at + 1, last - at);
    pairs[at] = pair;
    scores[at] = score;
    size = Math.min(size + 1, pairs.length);
  }

  /** The best of both. */
  public static Best merge(Best one, Best other) {
    Best merged = new Best(one.pairs.length);
    for (Best each : Arrays.asList(one, other)) {
      for (int i = 0; i < each.size; i++) {
        merged.offer(each.pairs[i], each.scores[i]);
      }
    }
    return merged;
  }
}
