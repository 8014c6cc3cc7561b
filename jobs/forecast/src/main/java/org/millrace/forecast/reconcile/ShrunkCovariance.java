package org.millrace.forecast.reconcile;

import java.util.Arrays;

/**
 * The covariance of the errors of several series, its off-diagonal elements shrunk towards nothing
 * by as much as they are uncertain, so that few errors of many series make a matrix that can be
 * inverted.
 *
 * <p>Source: Schafer and Strimmer, A shrinkage approach to large-scale covariance matrix
 * estimation, Statistical Applications in Genetics and Molecular Biology 4 (2005), for errors of
 * mean 0 as Wickramasuriya, Athanasopoulos and Hyndman (2019) and R's {@code hts} and {@code
 * FoReco} take it.
 *
 * @param intensity how much they are shrunk, 0 to 1
 * @param matrix in squared units of the series
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
record ShrunkCovariance(double intensity, double[][] matrix) {
  /** Variances are kept above this share of the largest. */
  private static final double LEAST_SHARE = 1e-12;

  /**
   * @param errors by series and time, two times at least
   */
  static ShrunkCovariance of(double[][] errors) {
    int p = errors.length;
    int n = errors[0].length;
    double[] deviations = new double[p];
    double largest = 0;
    for (int i = 0; i < p; i++) {
      deviations[i] = Math.sqrt(Arrays.stream(errors[i]).map(e -> e * e).sum() / n);
      largest = Math.max(largest, deviations[i]);
    }
    double least = largest > 0 ? largest * Math.sqrt(LEAST_SHARE) : 1;
    double[][] scaled = new double[p][n];
    for (int i = 0; i < p; i++) {
      double deviation = deviations[i];
      double[] own = errors[i];
      if (deviation > least) {
        Arrays.setAll(scaled[i], t -> own[t] / deviation);
      }
      deviations[i] = Math.max(deviation, least);
    }
    double[][] matrix = new double[p][p];
    double uncertain = 0;
    double correlated = 0;
    for (int i = 0; i < p; i++) {
      for (int j = 0; j < i; j++) {
        double sum = 0;
        double squares = 0;
        for (int t = 0; t < n; t++) {
          double product = scaled[i][t] * scaled[j][t];
          sum += product;
          squares += product * product;
        }
        matrix[i][j] = sum / n;
        uncertain += (squares - sum * sum / n) / ((double) n * (n - 1));
        correlated += matrix[i][j] * matrix[i][j];
      }
    }
    double intensity = correlated == 0 ? 1 : Math.max(0, Math.min(1, uncertain / correlated));
    for (int i = 0; i < p; i++) {
      matrix[i][i] = deviations[i] * deviations[i];
      for (int j = 0; j < i; j++) {
        matrix[i][j] *= (1 - intensity) * deviations[i] * deviations[j];
        matrix[j][i] = matrix[i][j];
      }
    }
    return new ShrunkCovariance(intensity, matrix);
  }
}
