package org.millrace.recommend.factor;

import dev.ludovic.netlib.blas.BLAS;
import java.util.Arrays;
import org.millrace.recommend.BestItems;

/**
 * Some users at once against item blocks, offered in the order of positions.
 *
 * <p>One matrix product in single precision gives rough scores of all users for a tile of items. By
 * the usual bound on the rounding of a sum of n products in any order (Higham, Accuracy and
 * Stability of Numerical Algorithms, 2nd edition, section 3.1) a rough score is off by at most n u
 * / (1 - n u) times the lengths of the two vectors, u = 2^-24. Items whose rough score lies further
 * below the user's worst kept item cannot enter; the few others are scored by {@link Vectors#dot}.
 * So neither the BLAS nor the company of a user has an influence on the result.
 */
final class UserBlock {

  /** Rough scores of a tile stay in a second-level cache: 256 users x 512 items x 4 bytes. */
  static final int USERS = 256;

  private static final int TILE = 512;
  private static final BLAS BLAS_IN_USE = BLAS.getInstance();

  private final int k;
  private final int rank;
  private final float[] vectors;
  private final double[] margins = new double[USERS];
  private final String[] ids = new String[USERS];
  private final int[][] known = new int[USERS][];
  private final BestItems[] best = new BestItems[USERS];
  private final float[] rough = new float[USERS * TILE];
  private int size;

  UserBlock(int k, int rank) {
    this.k = k;
    this.rank = rank;
    this.vectors = new float[USERS * rank];
  }

  /**
   * @param knownPositions positions of items that the user must not get, ascending
   */
  void add(String id, float[] vector, int[] knownPositions) {
    if (vector.length != rank) {
      throw new IllegalArgumentException(
          "user " + id + " has " + vector.length + " features, items have " + rank);
    }
    System.arraycopy(vector, 0, vectors, size * rank, rank);
    double nu = (rank + 2) * 0x1p-24;
    margins[size] = 1.01 * nu / (1 - nu) * Math.sqrt(Vectors.dot(vector, 0, vector, 0, rank));
    ids[size] = id;
    known[size] = knownPositions;
    best[size] = new BestItems(k);
    size++;
  }

  boolean isFull() {
    return size == USERS;
  }

  int size() {
    return size;
  }

  String id(int user) {
    return ids[user];
  }

  BestItems best(int user) {
    return best[user];
  }

  void offer(ItemBlock items) {
    for (int from = 0; from < items.size(); from += TILE) {
      int width = Math.min(TILE, items.size() - from);
      BLAS_IN_USE.sgemm(
          "T",
          "N",
          width,
          size,
          rank,
          1f,
          items.vectors(),
          from * rank,
          rank,
          vectors,
          0,
          rank,
          0f,
          rough,
          0,
          width);
      for (int user = 0; user < size; user++) {
        select(user, items, from, width);
      }
    }
  }

  private void select(int user, ItemBlock items, int from, int width) {
    BestItems mine = best[user];
    double margin = margins[user] * items.longest() + Float.MIN_NORMAL;
    float bar = bar(mine, margin);
    int start = user * width;
    for (int i = 0; i < width; i++) {
      if (rough[start + i] >= bar) {
        int slot = from + i;
        int position = items.first() + slot;
        if (Arrays.binarySearch(known[user], position) < 0) {
          double score = Vectors.dot(vectors, user * rank, items.vectors(), slot * rank, rank);
          mine.offer(score, position);
          bar = bar(mine, margin);
        }
      }
    }
  }

  /** No rough score below it can belong to an item that enters. */
  private static float bar(BestItems mine, double margin) {
    return Math.nextDown((float) (mine.toBeat() - margin));
  }
}
