package org.millrace.risk.trees;

/** A node of a tree as its learner told it, before the trees are laid flat. */
public sealed interface TreeNode {

  /** Weight of the training rows that came here: what a path is worth when a feature is unknown. */
  double cover();

  /**
   * Two ways.
   *
   * @param feature that decides
   * @param threshold rows below it go left, all others right
   * @param missingLeft whether a row without the feature goes left
   */
  record Split(
      int feature,
      float threshold,
      boolean missingLeft,
      TreeNode left,
      TreeNode right,
      double cover)
      implements TreeNode {}

  /**
   * An end.
   *
   * @param values that it adds: one, or one an output
   */
  @SuppressWarnings("ArrayRecordComponent") // Laid flat at once and never compared.
  record Leaf(float[] values, double cover) implements TreeNode {}
}
