package org.millrace.risk.explain;

import java.util.Arrays;
import org.millrace.risk.trees.Trees;

/**
 * Exact path-dependent SHAP values of trees: those of Lundberg et al., "From local explanations to
 * global understanding with explainable AI for trees" (2020), Algorithm 2, and so of XGBoost's
 * {@code pred_contribs}.
 *
 * <p>A leaf of value v at the end of a path over d features gives feature i
 *
 * <pre>v (o_i - z_i) integral over t in [0,1] of the product over j != i of (o_j t + z_j (1 - t))
 * </pre>
 *
 * where o_j is 1 if the row follows the path at every decision on j, else 0, and z_j is the share
 * of training rows that do. That is Owen's integral of the multilinear extension of the game
 * ("Multilinear Extensions of Games", 1972). The integrand is a polynomial of degree d - 1, so
 * ceil(d / 2) points of Gauss-Legendre quadrature give it exactly. For each point, products go down
 * the tree and sums over leaves come up again, and each node adds to one feature: the time is nodes
 * x points for a row, where Algorithm 2 takes leaves x depth squared. Nothing is divided but where
 * a path asks for the same feature again, and all terms are positive, so nothing cancels.
 */
public final class TreeShap implements Explainer {
  private static final long serialVersionUID = 1L;

  /** Rows that walk together: their intermediate products should stay in the first cache. */
  private static final int BLOCK = 32;

  private final Trees trees;

  /** By node: share of the rows at it that go left. */
  private final double[] leftShare;

  /**
   * By node: how many decisions above it the path last asked for the same feature, as the depth
   * just below that decision; 0 if it did not.
   */
  private final int[] askedAt;

  /** By tree: features on the path with most of them. */
  private final int[] degree;

  private final int[] depth;

  public TreeShap(Trees trees) {
    this.trees = trees;
    this.leftShare = new double[trees.nodes()];
    this.askedAt = new int[trees.nodes()];
    this.degree = new int[trees.trees()];
    this.depth = new int[trees.trees()];
    for (int t = 0; t < trees.trees(); t++) {
      prepare(t, trees.root(t), new int[64], 0, 0);
    }
  }

  private void prepare(int tree, int node, int[] path, int level, int features) {
    degree[tree] = Math.max(degree[tree], features);
    depth[tree] = Math.max(depth[tree], level);
    if (trees.isLeaf(node)) {
      return;
    }
    double left = trees.cover(trees.left(node));
    double both = left + trees.cover(trees.left(node) + 1);
    leftShare[node] = both > 0 ? left / both : 0.5;
    int[] here = level == path.length ? Arrays.copyOf(path, 2 * level) : path;
    for (int l = level; l > 0 && askedAt[node] == 0; l--) {
      askedAt[node] = here[l - 1] == trees.feature(node) ? l : 0;
    }
    here[level] = trees.feature(node);
    int known = askedAt[node] == 0 ? features + 1 : features;
    prepare(tree, trees.left(node), here, level + 1, known);
    prepare(tree, trees.left(node) + 1, here, level + 1, known);
  }

  @Override
  public double expected(int output) {
    double sum = trees.base(output);
    for (int t = 0; t < trees.trees(); t++) {
      sum += trees.adds(t, output) ? expected(trees.root(t), output) : 0;
    }
    return sum;
  }

  private double expected(int node, int output) {
    if (trees.isLeaf(node)) {
      return trees.value(node, output);
    }
    double z = leftShare[node];
    return z * expected(trees.left(node), output)
        + (1 - z) * expected(trees.left(node) + 1, output);
  }

  @Override
  public void explain(float[][] rows, int count, int output, double[][] contributions) {
    for (int from = 0; from < count; from += BLOCK) {
      int size = Math.min(BLOCK, count - from);
      float[][] block = Arrays.copyOfRange(rows, from, from + size);
      ShapBlock walk = new ShapBlock(block, trees, leftShare, askedAt, output);
      for (int t = 0; t < trees.trees(); t++) {
        if (trees.adds(t, output)) {
          walk.tree(trees.root(t), depth[t], degree[t]);
        }
      }
      walk.tell(Arrays.copyOfRange(contributions, from, from + size));
    }
  }
}
