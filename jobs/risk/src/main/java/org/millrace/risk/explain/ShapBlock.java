package org.millrace.risk.explain;

import org.millrace.risk.trees.Trees;

/**
 * Rows that walk through trees together; see {@link TreeShap} for the formula. Numbers of all rows
 * stand side by side, so that the inner loops are over rows and become vector instructions.
 */
final class ShapBlock {
  private final Trees trees;
  private final double[] leftShare;
  private final int[] askedAt;
  private final int output;
  private final int size;

  /** Feature x row. */
  private final float[][] columns;

  /** Feature x row. */
  private final double[][] contributions;

  private GaussLegendre rule = GaussLegendre.of(1);

  /** Depth x row: 1 where the row follows the path at every decision on its last feature. */
  private double[][] follows = {};

  /** By depth: the share of the training rows that do. */
  private double[] shares = {};

  /** Depth x point x row: the product over the features of the path. */
  private double[][][] products = {};

  /** Depth x left or right x point x row: sums over the leaves below, without the path to there. */
  private double[][][][] sums = {};

  private final double[] change;

  ShapBlock(float[][] rows, Trees trees, double[] leftShare, int[] askedAt, int output) {
    this.trees = trees;
    this.leftShare = leftShare;
    this.askedAt = askedAt;
    this.output = output;
    this.size = rows.length;
    int width = rows[0].length;
    this.columns = new float[width][size];
    this.contributions = new double[width][size];
    this.change = new double[size];
    for (int r = 0; r < size; r++) {
      for (int f = 0; f < width; f++) {
        columns[f][r] = rows[r][f];
      }
    }
  }

  /**
   * Adds what a tree contributes.
   *
   * @param degree features on the path with most of them
   */
  void tree(int root, int depth, int degree) {
    if (depth > 0) {
      room(depth, (degree + 1) / 2);
      below(root, 0, 0);
    }
  }

  private void room(int depth, int points) {
    if (products.length > depth && rule.points().length == points) {
      return;
    }
    rule = GaussLegendre.of(points);
    int levels = Math.max(depth + 1, products.length);
    follows = new double[levels][size];
    shares = new double[levels];
    products = new double[levels][points][size];
    sums = new double[levels][2][points][size];
    java.util.Arrays.fill(follows[0], 1);
    shares[0] = 1;
    for (double[] product : products[0]) {
      java.util.Arrays.fill(product, 1);
    }
  }

  /** Walks below a node; afterwards {@code sums[level][side]} is of its leaves. */
  private void below(int node, int level, int side) {
    double[][] sum = sums[level][side];
    if (trees.isLeaf(node)) {
      double value = trees.value(node, output);
      for (double[] ofPoint : sum) {
        java.util.Arrays.fill(ofPoint, value);
      }
      return;
    }
    int asked = askedAt[node];
    double above = shares[asked];
    double left = above * leftShare[node];
    goLeft(node, level, asked);
    shares[level + 1] = left;
    for (int q = 0; q < sum.length; q++) {
      times(level, asked, above, left, q);
    }
    int child = trees.left(node);
    below(child, level + 1, 0);
    turnRight(level, asked);
    shares[level + 1] = above - left;
    below(child + 1, level + 1, 1);
    java.util.Arrays.fill(change, 0);
    for (int q = 0; q < sum.length; q++) {
      if (asked == 0) {
        gatherFirst(level, left, q, sum[q]);
      } else {
        gatherAgain(level, asked, above, left, q, sum[q]);
      }
    }
    double[] contribution = contributions[trees.feature(node)];
    if (asked == 0) {
      double[] right = follows[level + 1];
      for (int r = 0; r < size; r++) {
        contribution[r] += (1 - right[r] - left) * change[r];
      }
    } else {
      for (int r = 0; r < size; r++) {
        contribution[r] += change[r];
      }
    }
  }

  private void goLeft(int node, int level, int asked) {
    float[] column = columns[trees.feature(node)];
    double[] before = follows[asked];
    double[] follow = follows[level + 1];
    for (int r = 0; r < size; r++) {
      follow[r] = trees.goesLeft(node, column[r]) ? before[r] : 0;
    }
  }

  /** The factor of the decision's feature is exchanged in the product: first for the left child. */
  private void times(int level, int asked, double above, double left, int q) {
    double t = rule.points()[q];
    double[] product = products[level][q];
    double[] next = products[level + 1][q];
    double[] follow = follows[level + 1];
    double share = left * (1 - t);
    if (asked == 0) {
      for (int r = 0; r < size; r++) {
        next[r] = product[r] * (follow[r] * t + share);
      }
      return;
    }
    double[] before = follows[asked];
    double shareBefore = above * (1 - t);
    for (int r = 0; r < size; r++) {
      double factor = before[r] * t + shareBefore;
      next[r] = factor > 0 ? product[r] * (follow[r] * t + share) / factor : 0;
    }
  }

  /** What does not go left goes right: rows, and products too. */
  private void turnRight(int level, int asked) {
    double[] before = follows[asked];
    double[] follow = follows[level + 1];
    for (int r = 0; r < size; r++) {
      follow[r] = before[r] - follow[r];
    }
    for (int q = 0; q < products[level].length; q++) {
      double[] product = products[level][q];
      double[] next = products[level + 1][q];
      for (int r = 0; r < size; r++) {
        next[r] = product[r] - next[r];
      }
    }
  }

  private void gatherFirst(int level, double left, int q, double[] sum) {
    double t = rule.points()[q];
    double w = rule.weights()[q];
    double share = left * (1 - t);
    double[] product = products[level][q];
    double[] right = follows[level + 1];
    double[] leftSum = sums[level + 1][0][q];
    double[] rightSum = sums[level + 1][1][q];
    for (int r = 0; r < size; r++) {
      double difference = leftSum[r] - rightSum[r];
      sum[r] = rightSum[r] + ((1 - right[r]) * t + share) * difference;
      change[r] += w * product[r] * difference;
    }
  }

  private void gatherAgain(int level, int asked, double above, double left, int q, double[] sum) {
    double t = rule.points()[q];
    double w = rule.weights()[q];
    double share = left * (1 - t);
    double shareBefore = above * (1 - t);
    double[] product = products[level][q];
    double[] before = follows[asked];
    double[] right = follows[level + 1];
    double[] leftSum = sums[level + 1][0][q];
    double[] rightSum = sums[level + 1][1][q];
    for (int r = 0; r < size; r++) {
      double follow = before[r] - right[r];
      double factor = before[r] * t + shareBefore;
      double inverse = factor > 0 ? 1 / factor : 0;
      double ratio = (follow * t + share) * inverse;
      double difference = leftSum[r] - rightSum[r];
      sum[r] = rightSum[r] + ratio * difference;
      change[r] +=
          w * product[r] * inverse * difference * (follow - left - (before[r] - above) * ratio);
    }
  }

  /** Gives what was gathered, row x feature. */
  void tell(double[][] filled) {
    for (int r = 0; r < size; r++) {
      for (int f = 0; f < contributions.length; f++) {
        filled[r][f] = contributions[f][r];
      }
    }
  }
}
