package org.millrace.risk.trees;

import org.apache.spark.ml.classification.DecisionTreeClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.ml.regression.DecisionTreeRegressionModel;
import org.apache.spark.ml.regression.RandomForestRegressionModel;
import org.apache.spark.ml.tree.CategoricalSplit;
import org.apache.spark.ml.tree.ContinuousSplit;
import org.apache.spark.ml.tree.InternalNode;
import org.apache.spark.ml.tree.Node;
import org.millrace.risk.model.Link;

/**
 * The trees of an MLlib random forest. MLlib sends values <em>up to</em> a threshold of double
 * precision left; since rows hold floats, the same rows are below the next float.
 */
public final class ForestTrees {

  private ForestTrees() {}

  /**
   * The mean of the trees' class shares, as MLlib's {@code probability}, to be read by {@link
   * Link#IDENTITY}: of two classes that of class 1, of more that of each.
   */
  public static Trees of(RandomForestClassificationModel forest) {
    int classes = forest.numClasses();
    boolean binary = classes == 2;
    TreesBuilder trees = new TreesBuilder(binary ? 1 : classes);
    Leaves leaves = node -> shares(node, binary, forest.getNumTrees());
    for (DecisionTreeClassificationModel tree : forest.trees()) {
      trees.add(convert(tree.rootNode(), leaves), 0);
    }
    return trees.build(new double[binary ? 1 : classes]);
  }

  /** The mean of what the trees predict. */
  public static Trees of(RandomForestRegressionModel forest) {
    TreesBuilder trees = new TreesBuilder(1);
    Leaves leaves = node -> new float[] {(float) (node.prediction() / forest.getNumTrees())};
    for (DecisionTreeRegressionModel tree : forest.trees()) {
      trees.add(convert(tree.rootNode(), leaves), 0);
    }
    return trees.build(0);
  }

  private interface Leaves {
    float[] values(Node leaf);
  }

  private static float[] shares(Node leaf, boolean binary, int trees) {
    double[] counts = leaf.impurityStats().stats();
    double all = sum(counts);
    float[] shares = new float[binary ? 1 : counts.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (float) (counts[binary ? 1 : i] / all / trees);
    }
    return shares;
  }

  private static TreeNode convert(Node node, Leaves leaves) {
    double cover = cover(node);
    if (!(node instanceof InternalNode inner)) {
      return new TreeNode.Leaf(leaves.values(node), cover);
    }
    TreeNode left = convert(inner.leftChild(), leaves);
    TreeNode right = convert(inner.rightChild(), leaves);
    int feature = inner.split().featureIndex();
    if (inner.split() instanceof ContinuousSplit split) {
      return new TreeNode.Split(feature, above(split.threshold()), false, left, right, cover);
    }
    CategoricalSplit split = (CategoricalSplit) inner.split();
    if (split.leftCategories().length + split.rightCategories().length > 2) {
      throw new IllegalArgumentException(
          "feature %d has more than two categories; encode it before it is learnt from"
              .formatted(feature));
    }
    // Of 0 and 1: below one half, or not. MLlib sends a missing value right.
    boolean zeroLeft = contains(split.leftCategories(), 0);
    return zeroLeft
        ? new TreeNode.Split(feature, 0.5f, false, left, right, cover)
        : new TreeNode.Split(feature, 0.5f, true, right, left, cover);
  }

  private static boolean contains(double[] categories, double wanted) {
    for (double category : categories) {
      if (category == wanted) {
        return true;
      }
    }
    return false;
  }

  /** The least float above a threshold. */
  static float above(double threshold) {
    float near = (float) threshold;
    return near > threshold ? near : Math.nextUp(near);
  }

  /** Weighted rows: the sum over classes, or the first of a variance's three sums. */
  private static double cover(Node node) {
    double[] stats = node.impurityStats().stats();
    return node.impurityStats() instanceof org.apache.spark.mllib.tree.impurity.VarianceCalculator
        ? stats[0]
        : sum(stats);
  }

  private static double sum(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum;
  }
}
