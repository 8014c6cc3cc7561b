package org.millrace.features.privacy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Quantiles of binned values with differential privacy: counts of the nodes of a binary tree over
 * the bins, each with noise, are gone down from the root. A value is in one node of each level, so
 * the levels share epsilon and the nodes of one level do not. Noise is drawn when a node is first
 * looked at and then stays, so that any number of quantiles costs the same.
 */
final class NoisyTree {
  /**
   * @param place in bins from the lower bound
   */
  record Quantile(double probability, double place) {}

  private final long[] below;
  private final int bins;
  private final int levels;
  private final double sensitivity;
  private final double epsilon;
  private final LaplaceNoise noise;
  private final Map<List<Integer>, Double> drawn = new HashMap<>();

  NoisyTree(List<Long> counts, double sensitivity, double epsilon, LaplaceNoise noise) {
    int depth = 1;
    while (1 << depth < counts.size()) {
      depth++;
    }
    this.levels = depth;
    this.below = new long[(1 << depth) + 1];
    for (int i = 0; i < 1 << depth; i++) {
      below[i + 1] = below[i] + (i < counts.size() ? counts.get(i) : 0);
    }
    this.bins = counts.size();
    this.sensitivity = sensitivity;
    this.epsilon = epsilon / depth;
    this.noise = noise;
  }

  /** At least 0. */
  private double count(int level, int node) {
    return drawn.computeIfAbsent(
        List.of(level, node),
        key -> {
          int width = 1 << (levels - level);
          int from = node * width;
          // No value is in bins that are not there.
          if (from >= bins) {
            return 0.0;
          }
          long exact = below[from + width] - below[from];
          return Math.max(0, noise.add((double) exact, sensitivity, epsilon));
        });
  }

  List<Quantile> quantiles(List<Double> probabilities) {
    List<Quantile> quantiles = new ArrayList<>();
    for (double probability : probabilities) {
      quantiles.add(new Quantile(probability, Math.min(bins, place(probability))));
    }
    return quantiles;
  }

  /** The share of the node's values that is asked for is passed down to its children. */
  private double place(double probability) {
    int node = 0;
    double rest = probability;
    for (int level = 1; level <= levels; level++) {
      double left = count(level, 2 * node);
      double right = count(level, 2 * node + 1);
      if (left + right <= 0) {
        // Noise alone: anywhere in the node.
        return (node + rest) * (1 << (levels - level + 1));
      }
      double share = left / (left + right);
      boolean goesLeft = rest < share || right <= 0;
      rest =
          goesLeft
              ? (share == 0 ? 0 : Math.min(1, rest / share))
              : (share == 1 ? 1 : (rest - share) / (1 - share));
      node = goesLeft ? 2 * node : 2 * node + 1;
    }
    return node + rest;
  }
}
