package org.millrace.risk.trees;

import java.io.Serializable;
import java.util.Arrays;

/** The way of rows down a tree. */
final class Walk implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a node's feature index is shifted by to make room for where missing values go. */
  private static final int MISSING_RIGHT = 1;

  private final int[] decision;
  private final float[] threshold;

  /** The same, but that all is below that of a leaf, which is its own left child. */
  private final float[] limit;

  private final int[] child;

  /** Whether a difference to each limit has the sign of the comparison: it has to finite ones. */
  private final boolean signed;

  Walk(int[] feature, float[] threshold, boolean[] missingRight, int[] child) {
    this.child = child;
    this.threshold = threshold.clone();
    this.limit = threshold.clone();
    this.decision = new int[feature.length];
    boolean signed = true;
    for (int n = 0; n < feature.length; n++) {
      if (feature[n] == Trees.LEAF) {
        this.threshold[n] = Float.NaN; // Nothing is at or above it: a leaf stays where it is.
        this.limit[n] = Float.POSITIVE_INFINITY;
      } else {
        decision[n] = feature[n] << 1 | (missingRight[n] ? MISSING_RIGHT : 0);
        signed &= Float.isFinite(threshold[n]);
      }
    }
    this.signed = signed;
  }

  /** Whether rows can walk together, as {@link #leaves} lets them. */
  boolean together() {
    return signed;
  }

  /** The leaf that a row comes to. */
  int leaf(int root, int depth, float[] row) {
    int node = root;
    for (int d = 0; d < depth; d++) {
      node = next(node, row);
    }
    return node;
  }

  /**
   * The leaves that rows come to. All rows go down a level before any goes down the next: no step
   * waits for the one before it, and none asks anything.
   *
   * @param rows as {@link #paired} gives them
   * @param leaves filled
   */
  void leaves(int root, int depth, float[] rows, int[] leaves) {
    int width = rows.length / leaves.length;
    Arrays.fill(leaves, root);
    for (int d = 0; d < depth; d++) {
      int row = 0;
      for (int r = 0; r < leaves.length; r++) {
        int node = leaves[r];
        float below = rows[row + decision[node]] - limit[node];
        // The sign: 1 where it is below the limit and goes left.
        leaves[r] = child[node] + 1 - (Float.floatToRawIntBits(below) >>> (Float.SIZE - 1));
        row += width;
      }
    }
  }

  /**
   * Rows one after the other, each value twice: as nodes see it that send missing values left, and
   * as those that send them right. A difference to any limit has the sign of the comparison.
   */
  static float[] paired(float[][] rows, int count) {
    int width = rows[0].length;
    float[] paired = new float[2 * width * count];
    int at = 0;
    for (int r = 0; r < count; r++) {
      for (int f = 0; f < width; f++) {
        float x = rows[r][f];
        boolean missing = Float.isNaN(x);
        // -0 is not below 0, and what is infinite is not below the greatest limit.
        float value = Math.min(x + 0f, Float.MAX_VALUE);
        paired[at] = missing ? Float.NEGATIVE_INFINITY : value;
        paired[at + MISSING_RIGHT] = missing ? Float.MAX_VALUE : value;
        at += 2;
      }
    }
    return paired;
  }

  private int next(int node, float[] row) {
    int decided = decision[node];
    float x = row[decided >> 1];
    if (Float.isNaN(x)) {
      return child[node] + (decided & MISSING_RIGHT);
    }
    return child[node] + (x >= threshold[node] ? 1 : 0);
  }
}
