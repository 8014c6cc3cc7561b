package org.millrace.forecast.method.arima;

/** A series and its regressors after differencing: what models of one number of differences see. */
final class DifferencedSeries {
  private static final double ROUNDING = 1e-12;

  private final double[] values;
  private final double[][] regressors;
  private final Differencing differencing;
  private final ArimaOrder order;
  private final double[] differences;
  private final double scale;
  private final boolean still;
  private final double[][][] columns = new double[2][][];
  private final HannanRissanen[] guesses = new HannanRissanen[2];

  /**
   * @param order only its differences and its period count
   */
  DifferencedSeries(double[] values, double[][] regressors, ArimaOrder order) {
    this.values = values;
    this.regressors = regressors;
    this.order = order;
    this.differencing = new Differencing(order);
    this.differences = differencing.differences(values);
    double most = largest(differences);
    still = most <= ROUNDING * largest(values);
    scale = still ? 1 : most;
    for (int t = 0; t < differences.length; t++) {
      differences[t] = still ? 0 : differences[t] / scale;
    }
  }

  private static double largest(double[] y) {
    double most = 0;
    for (double v : y) {
      most = Math.max(most, Math.abs(v));
    }
    return most;
  }

  int length() {
    return differences.length;
  }

  double[] values() {
    return values;
  }

  Differencing differencing() {
    return differencing;
  }

  /** What the differences were divided by. */
  double scale() {
    return scale;
  }

  /** Whether nothing is left of it after differencing. */
  boolean still() {
    return still;
  }

  /** Whether models may have a constant: a mean, or the drift of one difference. */
  boolean takesConstant() {
    return order.differences() <= 1;
  }

  /** The differences over the scale, then the constant's column, then the regressors'. */
  double[][] columns(boolean constant) {
    int which = constant ? 1 : 0;
    if (columns[which] == null) {
      double[][] all = new double[1 + which + regressors.length][];
      all[0] = differences;
      if (constant) {
        all[1] = differencing.differences(constantColumn(0, values.length));
      }
      for (int r = 0; r < regressors.length; r++) {
        all[1 + which + r] = differencing.differences(regressors[r]);
      }
      columns[which] = all;
    }
    return columns[which];
  }

  /** The column that stands for the constant, from a step on: ones, or the number of the step. */
  double[] constantColumn(int from, int count) {
    double[] column = new double[count];
    for (int t = 0; t < count; t++) {
      column[t] = order.differences() == 0 ? 1 : from + t + 1;
    }
    return column;
  }

  /** First guesses of coefficients, from what the constant and the regressors leave. */
  HannanRissanen guesses(boolean constant) {
    int which = constant ? 1 : 0;
    if (guesses[which] == null) {
      double[][] all = columns(constant);
      Projection projection = new Projection(all.length - 1, differences.length);
      for (int c = 1; c < all.length; c++) {
        projection.add(all[c]);
      }
      double[] rest = differences.clone();
      projection.residuals(rest);
      guesses[which] = new HannanRissanen(rest, longLags());
    }
    return guesses[which];
  }

  private int longLags() {
    int n = differences.length;
    int wanted = Math.max((int) (10 * Math.log10(n)), order.period() > 1 ? order.period() + 1 : 0);
    return Math.max(1, Math.min(n / 4, wanted));
  }
}
