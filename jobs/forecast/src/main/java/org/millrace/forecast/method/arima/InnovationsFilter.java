package org.millrace.forecast.method.arima;

import java.util.Arrays;

/**
 * Turns series that follow one ARMA model into their standardised innovations, exactly, in time
 * proportional to steps x state: the recursions of Chandrasekhar for a stationary model, where the
 * covariance of the state changes by a matrix of rank one a step. Once the variance of a forecast
 * has come down to that of an innovation, only the lags with a coefficient are summed.
 *
 * <p>Source: Morf, Sidhu and Kailath 1974; Pearlman, An algorithm for the exact likelihood of a
 * high-order autoregressive-moving average process, Biometrika 67 (1980); Melard, Algorithm AS 197,
 * Applied Statistics 33 (1984).
 */
final class InnovationsFilter {
  /** How near the variance of a forecast is to that of an innovation when it counts as there. */
  private static final double STEADY = 1e-9;

  private static final double ROUNDING = 1e-4;
  private static final double LARGE = 1e100;

  private final double[][] columns;
  private final int length;
  private final double[][] states;
  private final double[][] innovations;
  private final double[][] standardised;
  private double[] gain = new double[0];
  private double[] change = new double[0];
  private int steadyFrom;
  private double variance;

  /**
   * @param columns series of one length, of mean 0
   */
  InnovationsFilter(double[][] columns) {
    this.columns = columns;
    this.length = columns[0].length;
    this.states = new double[columns.length][0];
    this.innovations = new double[columns.length][length];
    this.standardised = new double[columns.length][length];
  }

  /**
   * Filters all columns.
   *
   * @return the sum of the logarithms of the forecasts' variances, where an innovation has 1; NaN
   *     where the model is not stationary or too near to that for the arithmetic
   */
  double run(ArmaModel model) {
    int dimension = model.dimension();
    prepare(dimension);
    variance = InitialState.compute(model, gain);
    if (!(variance < Double.MAX_VALUE)) {
      return Double.NaN;
    }
    System.arraycopy(gain, 0, change, 0, dimension);
    double logs = 0;
    double product = 1;
    int t = 0;
    for (; t < length && variance - 1 > STEADY; t++) {
      product *= variance;
      if (product > LARGE) {
        logs += Math.log(product);
        product = 1;
      }
      for (int c = 0; c < columns.length; c++) {
        observe(model, c, t);
      }
      step(model, t);
    }
    if (variance < 1 - ROUNDING) {
      return Double.NaN;
    }
    steadyFrom = t;
    for (int c = 0; c < columns.length; c++) {
      steady(model, c);
    }
    return logs + Math.log(product);
  }

  private void prepare(int dimension) {
    if (gain.length < dimension) {
      gain = new double[dimension];
      change = new double[length + dimension + 1];
      for (int c = 0; c < columns.length; c++) {
        states[c] = new double[length + dimension + 1];
      }
      return;
    }
    Arrays.fill(change, 0);
    for (double[] state : states) {
      Arrays.fill(state, 0);
    }
  }

  /** Element i of the state for step t lies at t + i, so that no step has to move it. */
  private void observe(ArmaModel model, int c, int t) {
    double[] state = states[c];
    double expected = state[t];
    double innovation = columns[c][t] - expected;
    innovations[c][t] = innovation;
    standardised[c][t] = innovation / Math.sqrt(variance);
    double[] phi = model.phi();
    for (int lag : model.phiLags()) {
      state[t + lag] += phi[lag - 1] * expected;
    }
    double weight = innovation / variance;
    int dimension = model.dimension();
    for (int i = 0; i < dimension; i++) {
      state[t + 1 + i] += gain[i] * weight;
    }
  }

  /** From the gain and the variance of a step to those of the next. */
  private void step(ArmaModel model, int t) {
    double first = change[t];
    if (first == 0) {
      return;
    }
    double[] phi = model.phi();
    for (int lag : model.phiLags()) {
      change[t + lag] += phi[lag - 1] * first;
    }
    double weight = first / variance;
    variance -= first * weight;
    int dimension = model.dimension();
    int base = t + 1;
    for (int i = 0; i < dimension; i++) {
      double moved = change[base + i];
      double old = gain[i];
      gain[i] = old - weight * moved;
      change[base + i] = moved - weight * old;
    }
  }

  private void steady(ArmaModel model, int c) {
    double[] value = columns[c];
    double[] innovation = innovations[c];
    for (int t = steadyFrom; t < length; t++) {
      double e = value[t] - expected(model, c, value, t);
      innovation[t] = e;
      standardised[c][t] = e;
    }
  }

  private double expected(ArmaModel model, int c, double[] value, int t) {
    double sum = t < states[c].length ? states[c][t] : 0;
    int most = t - steadyFrom;
    double[] phi = model.phi();
    for (int lag : model.phiLags()) {
      if (lag > most) {
        break;
      }
      sum += phi[lag - 1] * value[t - lag];
    }
    double[] theta = model.theta();
    double[] innovation = innovations[c];
    for (int lag : model.thetaLags()) {
      if (lag > most) {
        break;
      }
      if (t - lag < length) {
        sum += theta[lag - 1] * innovation[t - lag];
      }
    }
    return sum;
  }

  /** The errors of one step of a column, after {@link #run}. */
  double[] innovations(int column) {
    return innovations[column];
  }

  /** The innovations of a column over the deviation of each, after {@link #run}. */
  double[] standardised(int column) {
    return standardised[column];
  }

  /** The steps that follow a column, after {@link #run} with the same model. */
  double[] forecast(ArmaModel model, int column, int horizon) {
    double[] value = Arrays.copyOf(columns[column], length + horizon);
    for (int h = 0; h < horizon; h++) {
      value[length + h] = expected(model, column, value, length + h);
    }
    return Arrays.copyOfRange(value, length, length + horizon);
  }

  /**
   * What is not known of the state behind the last step, beyond the innovation to come, after
   * {@link #run} with the same model: its covariance for innovations of variance 1, or of length 0
   * where it is nothing within rounding. The state's covariance at the start less what each step
   * took.
   */
  double[][] uncertainty(ArmaModel model) {
    if (variance - 1 <= STEADY) {
      return new double[0][];
    }
    int dimension = model.dimension();
    Arrays.fill(change, 0);
    variance = InitialState.compute(model, gain);
    System.arraycopy(gain, 0, change, 0, dimension);
    double[][] excess = InitialState.excess(model, variance, gain);
    for (int t = 0; t < length; t++) {
      for (int i = 0; i < dimension; i++) {
        double share = change[t + i] / variance;
        for (int j = 0; share != 0 && j < dimension; j++) {
          excess[i][j] -= share * change[t + j];
        }
      }
      step(model, t);
    }
    return excess;
  }
}
