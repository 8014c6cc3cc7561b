package org.millrace.recommend.factor;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Items of consecutive positions, as each executor holds them: their ids, and their vectors one
 * after another. Positions number all items in the order of their ids.
 */
final class ItemBlock implements Serializable {

  private static final long serialVersionUID = 1;

  private final int first;
  private final int rank;
  private String[] ids;
  private float[] vectors;
  private double longest;

  ItemBlock(int first, int rank) {
    this.first = first;
    this.rank = rank;
    this.ids = new String[0];
    this.vectors = new float[0];
  }

  /** Puts an item at its position; calls may come in any order. */
  void put(int position, String id, float[] vector) {
    if (vector.length != rank) {
      throw new IllegalArgumentException(
          "item " + id + " has " + vector.length + " features, others have " + rank);
    }
    int slot = position - first;
    if (slot >= ids.length) {
      int slots = Math.max(slot + 1, ids.length + ids.length / 2);
      ids = Arrays.copyOf(ids, slots);
      vectors = Arrays.copyOf(vectors, slots * rank);
    }
    ids[slot] = id;
    System.arraycopy(vector, 0, vectors, slot * rank, rank);
    longest = Math.max(longest, Math.sqrt(Vectors.dot(vector, 0, vector, 0, rank)));
  }

  /** Drops the room that no item took; after the last {@link #put}. */
  void trim(int size) {
    ids = Arrays.copyOf(ids, size);
    vectors = Arrays.copyOf(vectors, size * rank);
  }

  int first() {
    return first;
  }

  int size() {
    return ids.length;
  }

  int rank() {
    return rank;
  }

  String id(int slot) {
    return ids[slot];
  }

  /** The vectors, slot after slot: for BLAS, which wants the array itself. Not to be written. */
  float[] vectors() {
    return vectors;
  }

  /** The greatest Euclidean length of a vector of this block. */
  double longest() {
    return longest;
  }
}
