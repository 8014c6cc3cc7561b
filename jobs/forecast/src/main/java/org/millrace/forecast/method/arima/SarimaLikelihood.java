package org.millrace.forecast.method.arima;

/**
 * The exact Gaussian likelihood of a differenced series under seasonal ARMA models of one order,
 * with the variance and the coefficients of regressors put to their best values for each. Its
 * parameters are free: each goes through a hyperbolic tangent to a partial autocorrelation.
 *
 * <p>The residuals are the standardised innovations times the determinant's root of order 2n, so
 * that the least sum of squares is the greatest likelihood (Ansley, Biometrika 66 (1979)).
 */
final class SarimaLikelihood implements LevenbergMarquardt.Residuals {
  private static final double FARTHEST = 6;

  private final ArimaOrder order;
  private final int length;
  private final InnovationsFilter filter;
  private final int regressors;
  private final Projection projection;
  private double logDeterminant;

  /**
   * @param columns the differenced series, then the differenced regressors
   */
  SarimaLikelihood(ArimaOrder order, double[][] columns) {
    this.order = order;
    this.length = columns[0].length;
    this.filter = new InnovationsFilter(columns);
    this.regressors = columns.length - 1;
    this.projection = new Projection(regressors, length);
  }

  @Override
  public double at(double[] point, double[] out) {
    logDeterminant = filter.run(model(point));
    if (Double.isNaN(logDeterminant)) {
      return Double.POSITIVE_INFINITY;
    }
    System.arraycopy(filter.standardised(0), 0, out, 0, length);
    projection.clear();
    for (int c = 1; c <= regressors; c++) {
      projection.add(filter.standardised(c));
    }
    double sum = projection.residuals(out);
    double factor = Math.exp(logDeterminant / (2 * length));
    for (int t = 0; t < length; t++) {
      out[t] *= factor;
    }
    double all = sum * factor * factor;
    return all < Double.POSITIVE_INFINITY ? all : Double.POSITIVE_INFINITY;
  }

  /** The logarithm of the determinant at the last point. */
  double logDeterminant() {
    return logDeterminant;
  }

  /** The coefficients of the regressors at the last point. */
  double[] regression() {
    return projection.coefficients();
  }

  ArmaModel model(double[] point) {
    Coefficients c = Coefficients.of(order, point, FARTHEST);
    return new ArmaModel(c.ar(), c.seasonalAr(), c.ma(), c.seasonalMa(), order.period());
  }

  Coefficients coefficients(double[] point) {
    return Coefficients.of(order, point, FARTHEST);
  }
}
