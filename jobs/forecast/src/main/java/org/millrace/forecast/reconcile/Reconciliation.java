package org.millrace.forecast.reconcile;

import java.util.Arrays;

/**
 * Makes forecasts of a tree of series add up.
 *
 * <p>Sources: Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition,
 * chapter 11; Wickramasuriya, Athanasopoulos and Hyndman, Optimal forecast reconciliation through
 * trace minimization, JASA 114 (2019), for OLS and both WLS: MinT with a diagonal covariance of the
 * errors, which on a tree takes two passes and no matrix; Athanasopoulos, Ahmed and Hyndman,
 * Hierarchical forecasts for Australian domestic tourism, IJF 25 (2009), for top-down by forecast
 * proportions.
 */
public enum Reconciliation {
  /** The leaves count. */
  BOTTOM_UP,
  /** The root counts, and is shared out as the forecasts of the parts are to each other. */
  TOP_DOWN,
  /** All count alike. */
  OLS,
  /** The more leaves, the less a series counts. */
  WLS_STRUCTURE,
  /** The wider its interval, the less a series counts. */
  WLS_VARIANCE,
  /**
   * As the errors of one step on the history go together, shrunk; here, where nothing but variances
   * is known, as {@link #WLS_VARIANCE}.
   */
  MINT_SHRINK;

  private static final double LEAST_SHARE = 1e-12;

  /** Whether quantiles must tell variances. */
  public boolean needsVariances() {
    return this == WLS_VARIANCE || this == MINT_SHRINK;
  }

  /**
   * Coherent forecasts of one step.
   *
   * @param base forecasts of the nodes
   * @param variances of the errors of the nodes
   */
  double[] coherent(Tree tree, double[] base, double[] variances) {
    double[] ones = new double[tree.size()];
    Arrays.fill(ones, 1);
    return switch (this) {
      case BOTTOM_UP -> tree.sums(base);
      case TOP_DOWN -> topDown(tree, base);
      case OLS -> leastSquares(tree, base, ones);
      case WLS_STRUCTURE -> leastSquares(tree, base, tree.sums(ones));
      case WLS_VARIANCE, MINT_SHRINK -> leastSquares(tree, base, positive(variances, ones));
    };
  }

  private static double[] positive(double[] variances, double[] ones) {
    double largest = Arrays.stream(variances).max().orElse(0);
    if (!(largest > 0)) {
      return ones;
    }
    return Arrays.stream(variances).map(v -> Math.max(v, LEAST_SHARE * largest)).toArray();
  }

  /** Where parts sum to nothing they share alike. */
  private static double[] topDown(Tree tree, double[] base) {
    double[] parts = new double[tree.size()];
    int[] counts = new int[tree.size()];
    for (int node = 1; node < tree.size(); node++) {
      parts[tree.parent(node)] += base[node];
      counts[tree.parent(node)]++;
    }
    double[] shared = base.clone();
    for (int node = 1; node < tree.size(); node++) {
      int parent = tree.parent(node);
      double share = parts[parent] == 0 ? 1.0 / counts[parent] : base[node] / parts[parent];
      shared[node] = shared[parent] * share;
    }
    return tree.sums(shared);
  }

  /**
   * The coherent forecasts that are nearest to the base ones, squared distances over variances: on
   * the way up each node's forecast is put together with the sum of its parts, on the way down what
   * is left between a node and its parts is shared by their variances.
   */
  private static double[] leastSquares(Tree tree, double[] base, double[] variances) {
    int n = tree.size();
    boolean[] leaves = tree.leaves();
    double[] means = new double[n];
    double[] spreads = new double[n];
    double[] partMeans = new double[n];
    double[] partSpreads = new double[n];
    for (int node = n - 1; node >= 0; node--) {
      if (leaves[node]) {
        means[node] = base[node];
        spreads[node] = variances[node];
      } else {
        double weight = partSpreads[node] / (variances[node] + partSpreads[node]);
        means[node] = partMeans[node] + weight * (base[node] - partMeans[node]);
        spreads[node] = weight * variances[node];
      }
      if (node > 0) {
        partMeans[tree.parent(node)] += means[node];
        partSpreads[tree.parent(node)] += spreads[node];
      }
    }
    double[] coherent = new double[n];
    coherent[0] = means[0];
    for (int node = 1; node < n; node++) {
      int parent = tree.parent(node);
      double share = spreads[node] / partSpreads[parent];
      coherent[node] = means[node] + share * (coherent[parent] - partMeans[parent]);
    }
    return tree.sums(coherent);
  }
}
