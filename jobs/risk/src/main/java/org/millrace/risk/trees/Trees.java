package org.millrace.risk.trees;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.millrace.risk.model.Predictor;

/**
 * An ensemble of binary trees in flat arrays, whoever learnt it. A raw score is the base of its
 * output plus what the leaf of each tree adds.
 *
 * <p>All trees stand one after the other in the same arrays. The right child of a node follows its
 * left one. A leaf is its own child, so that several rows walk down in step without asking who has
 * arrived (as in the "predicated" traversal of Asadi, Lin and de Vries, "Runtime Optimizations for
 * Tree-Based Machine Learning Models", 2014).
 */
public final class Trees implements Predictor {
  private static final long serialVersionUID = 1L;

  /** The feature of a leaf. */
  public static final int LEAF = -1;

  private final double[] base;
  private final int leafWidth;
  private final int[] roots;
  private final int[] outputs;
  private final int[] feature;
  private final float[] threshold;
  private final boolean[] missingRight;
  private final int[] child;
  private final double[] cover;
  private final float[] value;

  private final int[] depths;
  private final Walk walk;

  /**
   * @param base what each output begins with
   * @param leafWidth values of a leaf: 1, or as many as there are outputs
   * @param roots the node of each tree that all rows begin at
   * @param outputs which output a tree adds to, where its leaves have one value
   * @param feature by node: the feature that decides there, or {@link #LEAF}
   * @param threshold by node: rows below it go left, others right
   * @param missingRight by node: whether rows without the feature go right
   * @param child by node: its left child; of a leaf, itself
   * @param cover by node: weight of the training rows that came there
   * @param value node x leafWidth: what a leaf adds
   */
  @JsonCreator
  Trees(
      @JsonProperty("base") double[] base,
      @JsonProperty("leafWidth") int leafWidth,
      @JsonProperty("roots") int[] roots,
      @JsonProperty("outputs") int[] outputs,
      @JsonProperty("feature") int[] feature,
      @JsonProperty("threshold") float[] threshold,
      @JsonProperty("missingRight") boolean[] missingRight,
      @JsonProperty("child") int[] child,
      @JsonProperty("cover") double[] cover,
      @JsonProperty("value") float[] value) {
    this.base = base.clone();
    this.leafWidth = leafWidth;
    this.roots = roots.clone();
    this.outputs = outputs.clone();
    this.feature = feature.clone();
    this.threshold = threshold.clone();
    this.missingRight = missingRight.clone();
    this.child = child.clone();
    this.cover = cover.clone();
    this.value = value.clone();
    this.depths = new int[roots.length];
    for (int t = 0; t < roots.length; t++) {
      depths[t] = depth(roots[t]);
    }
    this.walk = new Walk(this.feature, this.threshold, this.missingRight, this.child);
  }

  private int depth(int node) {
    return isLeaf(node) ? 0 : 1 + Math.max(depth(child[node]), depth(child[node] + 1));
  }

  @Override
  public int outputs() {
    return base.length;
  }

  @Override
  public void raw(float[] row, double[] raw) {
    System.arraycopy(base, 0, raw, 0, base.length);
    for (int t = 0; t < roots.length; t++) {
      add(t, walk.leaf(roots[t], depths[t], row), raw);
    }
  }

  @Override
  public void raw(float[][] rows, int count, double[][] raw) {
    if (count == 0 || !walk.together()) {
      Predictor.super.raw(rows, count, raw);
      return;
    }
    for (int r = 0; r < count; r++) {
      System.arraycopy(base, 0, raw[r], 0, base.length);
    }
    int[] leaves = new int[count];
    float[] paired = Walk.paired(rows, count);
    for (int t = 0; t < roots.length; t++) {
      walk.leaves(roots[t], depths[t], paired, leaves);
      for (int r = 0; r < count; r++) {
        add(t, leaves[r], raw[r]);
      }
    }
  }

  private void add(int tree, int leaf, double[] raw) {
    if (leafWidth == 1) {
      raw[outputs[tree]] += value[leaf];
    } else {
      for (int o = 0; o < leafWidth; o++) {
        raw[o] += value[leaf * leafWidth + o];
      }
    }
  }

  /** How many trees there are. */
  public int trees() {
    return roots.length;
  }

  /** How many nodes all trees have together. */
  public int nodes() {
    return feature.length;
  }

  /** Where a tree begins. */
  public int root(int tree) {
    return roots[tree];
  }

  /** Whether a tree adds anything to an output. */
  public boolean adds(int tree, int output) {
    return leafWidth > 1 || outputs[tree] == output;
  }

  /** What an output begins with. */
  public double base(int output) {
    return base[output];
  }

  /** Whether nothing is decided at a node. */
  public boolean isLeaf(int node) {
    return feature[node] == LEAF;
  }

  /** Which feature decides at a node. */
  public int feature(int node) {
    return feature[node];
  }

  /** The left child of a node; its right one is the next. */
  public int left(int node) {
    return child[node];
  }

  /** Weight of the training rows that came to a node. */
  public double cover(int node) {
    return cover[node];
  }

  /** What a leaf adds to an output of those that its tree adds to. */
  public double value(int leaf, int output) {
    return leafWidth == 1 ? value[leaf] : value[leaf * leafWidth + output];
  }

  /** Whether a row with that value of the node's feature goes left. */
  public boolean goesLeft(int node, float x) {
    return x < threshold[node] || (Float.isNaN(x) && !missingRight[node]);
  }

  @JsonProperty("base")
  double[] bases() {
    return base.clone();
  }

  @JsonProperty("leafWidth")
  int leafWidth() {
    return leafWidth;
  }

  @JsonProperty("roots")
  int[] roots() {
    return roots.clone();
  }

  @JsonProperty("outputs")
  int[] outputsOfTrees() {
    return outputs.clone();
  }

  @JsonProperty("feature")
  int[] features() {
    return feature.clone();
  }

  @JsonProperty("threshold")
  float[] thresholds() {
    return threshold.clone();
  }

  @JsonProperty("missingRight")
  boolean[] missingRights() {
    return missingRight.clone();
  }

  @JsonProperty("child")
  int[] children() {
    return child.clone();
  }

  @JsonProperty("cover")
  double[] covers() {
    return cover.clone();
  }

  @JsonProperty("value")
  float[] values() {
    return value.clone();
  }
}
