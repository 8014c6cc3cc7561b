package org.millrace.risk.trees;

import java.io.Serializable;

/** The way of rows down a tree. */
final class Walk implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a node's feature index is shifted by to make room for where missing values go. */
  private static final int MISSING_RIGHT = 1;

  private final int[] decision;
  private final float[] threshold;
  private final int[] child;

  Walk(int[] feature, float[] threshold, boolean[] missingRight, int[] child) {
    this.child = child;
    this.threshold = threshold.clone();
    this.decision = new int[feature.length];
    for (int n = 0; n < feature.length; n++) {
      if (feature[n] == Trees.LEAF) {
        this.threshold[n] = Float.NaN; // Nothing is at or above it: a leaf stays where it is.
      } else {
        decision[n] = feature[n] << 1 | (missingRight[n] ? MISSING_RIGHT : 0);
      }
    }
  }

  /** The leaf that a row comes to. */
  int leaf(int root, int depth, float[] row) {
    int node = root;
    for (int d = 0; d < depth; d++) {
      node = next(node, row);
    }
    return node;
  }

  /** The leaves that rows come to; four walk at once, since each step waits for memory. */
  void leaves(int root, int depth, float[][] rows, int[] leaves) {
    int r = 0;
    for (; r + 4 <= leaves.length; r += 4) {
      float[] row0 = rows[r];
      float[] row1 = rows[r + 1];
      float[] row2 = rows[r + 2];
      float[] row3 = rows[r + 3];
      int node0 = root;
      int node1 = root;
      int node2 = root;
      int node3 = root;
      for (int d = 0; d < depth; d++) {
        node0 = next(node0, row0);
        node1 = next(node1, row1);
        node2 = next(node2, row2);
        node3 = next(node3, row3);
      }
      leaves[r] = node0;
      leaves[r + 1] = node1;
      leaves[r + 2] = node2;
      leaves[r + 3] = node3;
    }
    for (; r < leaves.length; r++) {
      leaves[r] = leaf(root, depth, rows[r]);
    }
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
