package org.millrace.risk.isolate;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.millrace.risk.draw.SplitMix;
import org.millrace.risk.trees.TreeNode;
import org.millrace.risk.trees.Trees;
import org.millrace.risk.trees.TreesBuilder;

/**
 * Grows the trees of an isolation forest. (Liu, Ting and Zhou, Isolation Forest, ICDM 2008: a tree
 * cuts a random feature at a random place until rows stand alone or its height is used up.)
 *
 * <p>The raw score is minus the mean length of a row's paths, over that of an unsuccessful search
 * in a binary tree of as many rows; two to the power of it is the paper's anomaly score.
 */
public final class IsolationTrees {
  private static final double EULER = 0.5772156649015329;

  private IsolationTrees() {}

  /**
   * @param samples the encoded rows of each tree; NaN is missing
   */
  public static Trees grow(List<float[][]> samples, long seed) {
    int size = samples.stream().mapToInt(s -> s.length).max().orElse(0);
    int height = (int) Math.ceil(Math.log(Math.max(2, size)) / Math.log(2));
    double unit = samples.size() * Math.max(1e-9, pathLength(size));
    TreesBuilder trees = new TreesBuilder(1);
    for (int t = 0; t < samples.size(); t++) {
      SplittableRandom random = new SplittableRandom(SplitMix.mix(seed ^ SplitMix.mix(t)));
      trees.add(grow(List.of(samples.get(t)), 0, height, unit, random), 0);
    }
    return trees.build(0);
  }

  private static TreeNode grow(
      List<float[]> rows, int depth, int height, double unit, SplittableRandom random) {
    int feature = depth < height && rows.size() > 1 ? divisible(rows, random) : -1;
    if (feature < 0) {
      double length = depth + pathLength(rows.size());
      return new TreeNode.Leaf(new float[] {(float) (-length / unit)}, rows.size());
    }
    float[] range = range(rows, feature);
    float cut = (float) (range[0] + random.nextDouble() * ((double) range[1] - range[0]));
    float threshold = cut <= range[0] ? Math.nextUp(range[0]) : cut;
    List<float[]> left = new ArrayList<>();
    List<float[]> right = new ArrayList<>();
    List<float[]> missing = new ArrayList<>();
    for (float[] row : rows) {
      (Float.isNaN(row[feature]) ? missing : row[feature] < threshold ? left : right).add(row);
    }
    // A missing value sets nothing apart: it goes with the many.
    boolean missingLeft = left.size() >= right.size();
    (missingLeft ? left : right).addAll(missing);
    return new TreeNode.Split(
        feature,
        threshold,
        missingLeft,
        grow(left, depth + 1, height, unit, random),
        grow(right, depth + 1, height, unit, random),
        rows.size());
  }

  /** A feature of which the rows have different values; of all such ones each with equal chance. */
  private static int divisible(List<float[]> rows, SplittableRandom random) {
    int features = rows.get(0).length;
    int chosen = -1;
    int found = 0;
    for (int f = 0; f < features; f++) {
      float[] range = range(rows, f);
      if (range[0] < range[1] && random.nextInt(++found) == 0) {
        chosen = f;
      }
    }
    return chosen;
  }

  /** Least and greatest value; of a feature that all rows lack no range. */
  private static float[] range(List<float[]> rows, int feature) {
    float least = Float.POSITIVE_INFINITY;
    float greatest = Float.NEGATIVE_INFINITY;
    for (float[] row : rows) {
      if (!Float.isNaN(row[feature])) {
        least = Math.min(least, row[feature]);
        greatest = Math.max(greatest, row[feature]);
      }
    }
    return new float[] {least, greatest};
  }

  /** The mean length of an unsuccessful search in a binary search tree of n rows: c(n). */
  static double pathLength(int n) {
    return n <= 1 ? 0 : n == 2 ? 1 : 2 * (Math.log(n - 1.0) + EULER) - 2 * (n - 1.0) / n;
  }
}
