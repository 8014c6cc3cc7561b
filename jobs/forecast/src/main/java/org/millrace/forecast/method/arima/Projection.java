package org.millrace.forecast.method.arima;

/**
 * The regression of one column on others, by Gram and Schmidt's method as modified for rounding. A
 * column that depends on the ones before it has the coefficient 0.
 */
final class Projection {
  private static final double DEPENDENT = 1e-9;

  private final double[][] basis;
  private final double[][] triangle;
  private final double[] weights;
  private int rank;

  /**
   * @param columns those that explain, at most
   */
  Projection(int columns, int length) {
    basis = new double[columns][length];
    triangle = new double[columns][columns];
    weights = new double[columns];
  }

  /** Starts over. */
  void clear() {
    rank = 0;
  }

  /** Takes one more column that explains. */
  void add(double[] column) {
    double[] unit = basis[rank];
    System.arraycopy(column, 0, unit, 0, column.length);
    double before = Math.sqrt(dot(unit, unit));
    for (int i = 0; i < rank; i++) {
      triangle[i][rank] = remove(basis[i], unit);
    }
    double norm = Math.sqrt(dot(unit, unit));
    boolean dependent = !(norm > DEPENDENT * before);
    triangle[rank][rank] = dependent ? 0 : norm;
    for (int t = 0; t < unit.length; t++) {
      unit[t] = dependent ? 0 : unit[t] / norm;
    }
    rank++;
  }

  /**
   * Takes from a column what the others explain, in place.
   *
   * @return the sum of squares of what is left
   */
  double residuals(double[] column) {
    for (int i = 0; i < rank; i++) {
      weights[i] = remove(basis[i], column);
    }
    return dot(column, column);
  }

  /** The coefficients of the columns, after {@link #residuals}. */
  double[] coefficients() {
    double[] beta = new double[rank];
    for (int i = rank - 1; i >= 0; i--) {
      double sum = weights[i];
      for (int j = i + 1; j < rank; j++) {
        sum -= triangle[i][j] * beta[j];
      }
      beta[i] = triangle[i][i] == 0 ? 0 : sum / triangle[i][i];
    }
    return beta;
  }

  private static double remove(double[] unit, double[] column) {
    double share = dot(unit, column);
    for (int t = 0; t < unit.length; t++) {
      column[t] -= share * unit[t];
    }
    return share;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int t = 0; t < a.length; t++) {
      sum += a[t] * b[t];
    }
    return sum;
  }
}
