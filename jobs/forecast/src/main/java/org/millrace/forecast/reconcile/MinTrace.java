package org.millrace.forecast.reconcile;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.NonPositiveDefiniteMatrixException;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The coherent forecasts whose errors have the least sum of variances, for errors of any
 * covariance: {@code y - W C' (C W C')^-1 C y}, where a row of C says that a series is the sum of
 * its parts (Wickramasuriya, Athanasopoulos and Hyndman 2019, in the form with constraints, which
 * inverts a matrix of the size of the totals alone).
 */
final class MinTrace {
  /** A part of the diagonal that is added where rounding has made a matrix singular. */
  private static final double RIDGE = 1e-9;

  private final Tree tree;
  private final List<List<Integer>> parts = new ArrayList<>();
  private final List<Integer> totals = new ArrayList<>();

  /** W C' (C W C')^-1: nodes x totals. */
  private final RealMatrix gain;

  /**
   * @param covariance of the errors of the nodes, positive definite
   */
  MinTrace(Tree tree, double[][] covariance) {
    this.tree = tree;
    boolean[] leaves = tree.leaves();
    for (int node = 0; node < tree.size(); node++) {
      if (!leaves[node]) {
        totals.add(node);
        parts.add(new ArrayList<>());
      }
    }
    for (int node = 1; node < tree.size(); node++) {
      parts.get(totals.indexOf(tree.parent(node))).add(node);
    }
    double[][] cw = new double[totals.size()][];
    for (int k = 0; k < cw.length; k++) {
      cw[k] = violation(k, covariance);
    }
    double[][] cwc = new double[cw.length][cw.length];
    for (int k = 0; k < cw.length; k++) {
      for (int l = 0; l < cw.length; l++) {
        double sum = cw[k][totals.get(l)];
        for (int part : parts.get(l)) {
          sum -= cw[k][part];
        }
        cwc[k][l] = sum;
      }
    }
    gain = solve(cwc, new Array2DRowRealMatrix(cw, false)).transpose();
  }

  /** A row of C W. */
  private double[] violation(int total, double[][] covariance) {
    double[] row = covariance[totals.get(total)].clone();
    for (int part : parts.get(total)) {
      for (int node = 0; node < row.length; node++) {
        row[node] -= covariance[part][node];
      }
    }
    return row;
  }

  private static RealMatrix solve(double[][] cwc, RealMatrix right) {
    RealMatrix matrix = new Array2DRowRealMatrix(cwc, false);
    try {
      return new CholeskyDecomposition(matrix, 1e-8, 0).getSolver().solve(right);
    } catch (NonPositiveDefiniteMatrixException e) {
      double[] diagonal = new double[cwc.length];
      for (int k = 0; k < diagonal.length; k++) {
        diagonal[k] = RIDGE * (matrix.getTrace() / diagonal.length + Double.MIN_NORMAL);
      }
      RealMatrix ridged = matrix.add(MatrixUtils.createRealDiagonalMatrix(diagonal));
      return new CholeskyDecomposition(ridged, 1e-8, 0).getSolver().solve(right);
    }
  }

  /** Coherent forecasts of one step. */
  double[] coherent(double[] base) {
    double[] violations = new double[totals.size()];
    for (int k = 0; k < violations.length; k++) {
      violations[k] = base[totals.get(k)];
      for (int part : parts.get(k)) {
        violations[k] -= base[part];
      }
    }
    double[] moves = gain.operate(violations);
    double[] coherent = base.clone();
    for (int node = 0; node < coherent.length; node++) {
      coherent[node] -= moves[node];
    }
    return tree.sums(coherent);
  }
}
