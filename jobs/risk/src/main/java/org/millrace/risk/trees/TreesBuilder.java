package org.millrace.risk.trees;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays trees flat, level by level, so that the two children of a node stand side by side. */
public final class TreesBuilder {
  private final int leafWidth;
  private final List<Integer> roots = new ArrayList<>();
  private final List<Integer> outputs = new ArrayList<>();
  private int nodes;
  private int[] feature = new int[64];
  private float[] threshold = new float[64];
  private boolean[] missingRight = new boolean[64];
  private int[] child = new int[64];
  private double[] cover = new double[64];
  private float[] value;

  /**
   * @param leafWidth values of a leaf: 1, or one an output
   */
  public TreesBuilder(int leafWidth) {
    this.leafWidth = leafWidth;
    this.value = new float[64 * leafWidth];
  }

  /**
   * Adds a tree.
   *
   * @param output that its leaves add to; 0 where they have a value for each
   */
  public TreesBuilder add(TreeNode root, int output) {
    roots.add(nodes);
    outputs.add(output);
    ArrayDeque<TreeNode> level = new ArrayDeque<>(List.of(root));
    int next = claim(1);
    while (!level.isEmpty()) {
      TreeNode node = level.poll();
      int n = next++;
      cover[n] = node.cover();
      if (node instanceof TreeNode.Split split) {
        int children = claim(2);
        feature[n] = split.feature();
        threshold[n] = split.threshold();
        missingRight[n] = !split.missingLeft();
        child[n] = children;
        level.add(split.left());
        level.add(split.right());
      } else if (node instanceof TreeNode.Leaf leaf) {
        feature[n] = Trees.LEAF;
        child[n] = n;
        System.arraycopy(leaf.values(), 0, value, n * leafWidth, leafWidth);
      }
    }
    return this;
  }

  private int claim(int count) {
    int first = nodes;
    nodes += count;
    if (nodes > feature.length) {
      int room = Math.max(nodes, 2 * feature.length);
      feature = Arrays.copyOf(feature, room);
      threshold = Arrays.copyOf(threshold, room);
      missingRight = Arrays.copyOf(missingRight, room);
      child = Arrays.copyOf(child, room);
      cover = Arrays.copyOf(cover, room);
      value = Arrays.copyOf(value, room * leafWidth);
    }
    return first;
  }

  /**
   * All trees that were added.
   *
   * @param base what each output begins with
   */
  public Trees build(double... base) {
    return new Trees(
        base,
        leafWidth,
        roots.stream().mapToInt(Integer::intValue).toArray(),
        outputs.stream().mapToInt(Integer::intValue).toArray(),
        Arrays.copyOf(feature, nodes),
        Arrays.copyOf(threshold, nodes),
        Arrays.copyOf(missingRight, nodes),
        Arrays.copyOf(child, nodes),
        Arrays.copyOf(cover, nodes),
        Arrays.copyOf(value, nodes * leafWidth));
  }
}
