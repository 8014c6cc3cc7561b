package org.millrace.forecast.reconcile;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A total and its parts, and their parts: a series each. Each series but a leaf is the sum of its
 * parts.
 */
final class Tree implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<String> names;
  private final int[] parents;

  /**
   * @param names parents before their parts
   * @param parents places of the parents; -1 of the root, which comes first
   */
  private Tree(List<String> names, int[] parents) {
    this.names = names;
    this.parents = parents;
  }

  /**
   * The tree under a root.
   *
   * @param parentOf of every part the series that it is part of
   */
  static Tree of(String root, Map<String, String> parentOf) {
    List<String> names = new ArrayList<>(List.of(root));
    List<Integer> parents = new ArrayList<>(List.of(-1));
    for (int next = 0; next < names.size(); next++) {
      String parent = names.get(next);
      TreeSet<String> parts = new TreeSet<>();
      parentOf.forEach(
          (part, whole) -> {
            if (whole.equals(parent)) {
              parts.add(part);
            }
          });
      for (String part : parts) {
        names.add(part);
        parents.add(next);
      }
    }
    return new Tree(names, parents.stream().mapToInt(Integer::intValue).toArray());
  }

  List<String> names() {
    return names;
  }

  int size() {
    return parents.length;
  }

  int parent(int node) {
    return parents[node];
  }

  boolean[] leaves() {
    boolean[] leaves = new boolean[size()];
    java.util.Arrays.fill(leaves, true);
    for (int node = 1; node < size(); node++) {
      leaves[parents[node]] = false;
    }
    return leaves;
  }

  /** For each node the sum over its leaves of what stands at them. */
  double[] sums(double[] atLeaves) {
    boolean[] leaves = leaves();
    double[] sums = new double[size()];
    for (int node = size() - 1; node >= 0; node--) {
      sums[node] = leaves[node] ? atLeaves[node] : sums[node];
      if (node > 0) {
        sums[parents[node]] += sums[node];
      }
    }
    return sums;
  }
}
