package org.millrace.forecast.method.arima;

/** Small symmetric positive definite equations. */
final class Cholesky {
  private Cholesky() {}

  /**
   * Solves matrix x = right. Where the matrix is not positive definite within rounding, the
   * unknowns in question become 0.
   *
   * @param matrix overwritten
   */
  static double[] solve(double[][] matrix, double[] right) {
    int k = right.length;
    double[] x = right.clone();
    for (int i = 0; i < k; i++) {
      double diagonal = matrix[i][i];
      for (int j = 0; j < i; j++) {
        double sum = matrix[i][j];
        for (int m = 0; m < j; m++) {
          sum -= matrix[i][m] * matrix[j][m];
        }
        matrix[i][j] = matrix[j][j] == 0 ? 0 : sum / matrix[j][j];
      }
      double rest = diagonal;
      for (int j = 0; j < i; j++) {
        rest -= matrix[i][j] * matrix[i][j];
        x[i] -= matrix[i][j] * x[j];
      }
      matrix[i][i] = rest > 1e-14 * diagonal ? Math.sqrt(rest) : 0;
      x[i] = matrix[i][i] == 0 ? 0 : x[i] / matrix[i][i];
    }
    for (int i = k - 1; i >= 0; i--) {
      for (int j = i + 1; j < k; j++) {
        x[i] -= matrix[j][i] * x[j];
      }
      x[i] = matrix[i][i] == 0 ? 0 : x[i] / matrix[i][i];
    }
    return x;
  }
}
