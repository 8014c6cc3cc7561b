package org.millrace.forecast.method.arima;

import org.millrace.forecast.method.NormalPrediction;

/** The steps that follow a series under a fitted model, with the deviations of their errors. */
final class SarimaForecast {
  private final DifferencedSeries series;
  private final double[][] regressors;
  private final SarimaFit fit;

  SarimaForecast(DifferencedSeries series, double[][] regressors, SarimaFit fit) {
    this.series = series;
    this.regressors = regressors;
    this.fit = fit;
  }

  /**
   * Normal errors from the weights of innovations to come and from what is not known of the last
   * state; the coefficients count as known. Source: Brockwell and Davis, Introduction to Time
   * Series and Forecasting, section 6.4; R: {@code predict.Arima}.
   *
   * @param future the regressors at the steps to come
   */
  NormalPrediction predict(int horizon, double[][] future) {
    double[] past = rest();
    double[] means = new double[horizon];
    ArmaModel model = fit.model();
    InnovationsFilter filter = filter(past);
    double[] expected = filter.forecast(model, 0, horizon);
    series.differencing().integrate(past, expected);
    System.arraycopy(expected, 0, means, 0, horizon);
    subtract(means, past.length, future, 1);
    return new NormalPrediction(means, deviations(model, filter, horizon));
  }

  /** The errors of one step of the newest steps, as the series was modelled. */
  double[] errors() {
    return filter(rest()).innovations(0);
  }

  /** The series without what the constant and the regressors explain. */
  private double[] rest() {
    double[] past = series.values().clone();
    subtract(past, 0, regressors, -1);
    return past;
  }

  private InnovationsFilter filter(double[] past) {
    double[] differences = series.differencing().differences(past);
    InnovationsFilter filter = new InnovationsFilter(new double[][] {differences});
    filter.run(fit.model());
    return filter;
  }

  private void subtract(double[] values, int from, double[][] columns, int sign) {
    double[] beta = fit.beta();
    int first = fit.constant() ? 1 : 0;
    if (fit.constant()) {
      double[] column = series.constantColumn(from, values.length);
      for (int t = 0; t < values.length; t++) {
        values[t] += sign * beta[0] * column[t];
      }
    }
    for (int r = 0; r < beta.length - first; r++) {
      for (int t = 0; t < values.length; t++) {
        values[t] += sign * beta[first + r] * columns[r][t];
      }
    }
  }

  private double[] deviations(ArmaModel model, InnovationsFilter filter, int horizon) {
    double[] variances = new double[horizon];
    double[] none = new double[0];
    double[] psi = InitialState.responses(model, horizon);
    series.differencing().integrate(none, psi);
    double sum = 0;
    for (int h = 0; h < horizon; h++) {
      sum += psi[h] * psi[h];
      variances[h] = sum;
    }
    addUncertainty(model, filter.uncertainty(model), variances);
    double[] deviations = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      deviations[h] = Math.sqrt(fit.unbiasedVariance() * variances[h]);
    }
    return deviations;
  }

  /** Adds to the variances what is not known of the last state, through its effect on each step. */
  private void addUncertainty(ArmaModel model, double[][] state, double[] variances) {
    int horizon = variances.length;
    double[] none = new double[0];
    double[] phi = model.phi();
    double[][] effects = new double[state.length][horizon];
    for (int i = 0; i < state.length; i++) {
      double[] effect = effects[i];
      for (int h = 0; h < horizon; h++) {
        effect[h] = h == i ? 1 : 0;
        for (int lag : model.phiLags()) {
          effect[h] += lag <= h ? phi[lag - 1] * effect[h - lag] : 0;
        }
      }
      series.differencing().integrate(none, effect);
    }
    for (int h = 0; h < horizon; h++) {
      double sum = 0;
      for (int i = 0; i < state.length; i++) {
        for (int j = 0; j < state.length && effects[i][h] != 0; j++) {
          sum += effects[i][h] * state[i][j] * effects[j][h];
        }
      }
      variances[h] += Math.max(0, sum);
    }
  }
}
