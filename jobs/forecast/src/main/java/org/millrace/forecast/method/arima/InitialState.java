package org.millrace.forecast.method.arima;

import java.util.Arrays;

/**
 * What is known of a stationary ARMA process before its first step, for innovations of variance 1:
 * its variance, and the covariances of its first value with the state after it.
 */
final class InitialState {
  private InitialState() {}

  /**
   * The covariance of the first value with what the state of the next step tells of each later one.
   *
   * @param gain written: one for each element of the state
   * @return the variance of the process; not finite where the model is not stationary
   */
  static double compute(ArmaModel model, double[] gain) {
    double[] phi = model.phi();
    double[] theta = model.theta();
    int p = phi.length;
    int q = theta.length;
    double[] gamma = covariances(model, Math.max(p, 1));
    if (gamma.length == 0) {
      return Double.NaN;
    }
    double[] psi = responses(model, Math.max(q, 1));
    int[] phiLags = model.phiLags();
    int[] thetaLags = model.thetaLags();
    for (int i = 1; i <= model.dimension(); i++) {
      double sum = 0;
      for (int j = phiLags.length - 1; j >= 0 && phiLags[j] >= i; j--) {
        sum += phi[phiLags[j] - 1] * gamma[phiLags[j] - i];
      }
      for (int j = thetaLags.length - 1; j >= 0 && thetaLags[j] >= i; j--) {
        sum += theta[thetaLags[j] - 1] * psi[thetaLags[j] - i];
      }
      gain[i - 1] = sum;
    }
    return gamma[0];
  }

  /**
   * The covariance of the state before the first step, less what its own innovation adds to it.
   *
   * @param variance of the process
   * @param gain as {@link #compute} leaves it
   */
  static double[][] excess(ArmaModel model, double variance, double[] gain) {
    int dimension = model.dimension();
    double[] phi = Arrays.copyOf(model.phi(), dimension);
    double[] shock = new double[dimension];
    shock[0] = 1;
    System.arraycopy(model.theta(), 0, shock, 1, model.theta().length);
    double[] first = new double[dimension];
    first[0] = variance;
    for (int i = 1; i < dimension; i++) {
      first[i] = gain[i - 1] - phi[i - 1] * variance;
    }
    double[][] covariance = new double[dimension][dimension];
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j <= i; j++) {
        double value = first[i];
        if (j > 0) {
          value =
              covariance[i - 1][j - 1]
                  - phi[i - 1] * phi[j - 1] * variance
                  - phi[i - 1] * first[j]
                  - phi[j - 1] * first[i]
                  - shock[i - 1] * shock[j - 1];
        }
        covariance[i][j] = value;
        covariance[j][i] = value;
      }
    }
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j < dimension; j++) {
        covariance[i][j] -= shock[i] * shock[j];
      }
    }
    return covariance;
  }

  /** The weights of past innovations in a value. */
  static double[] responses(ArmaModel model, int count) {
    double[] psi = new double[count];
    double[] phi = model.phi();
    double[] theta = model.theta();
    int[] lags = model.phiLags();
    psi[0] = 1;
    for (int j = 1; j < count; j++) {
      double sum = j <= theta.length ? theta[j - 1] : 0;
      for (int k = 0; k < lags.length && lags[k] <= j; k++) {
        sum += phi[lags[k] - 1] * psi[j - lags[k]];
      }
      psi[j] = sum;
    }
    return psi;
  }

  /** Autocovariances of lags 0 to count - 1; of length 0 where the model is not stationary. */
  private static double[] covariances(ArmaModel model, int count) {
    double[] theta = model.theta();
    int q = theta.length;
    double[] pure = autoregressive(model, count + q);
    if (q == 0 || pure.length == 0) {
      return pure;
    }
    int[] lags = model.thetaLags();
    double[] moving = new double[q + 1];
    for (int i = -1; i < lags.length; i++) {
      double left = i < 0 ? 1 : theta[lags[i] - 1];
      int from = i < 0 ? 0 : lags[i];
      moving[0] += left * left;
      for (int j = i + 1; j < lags.length; j++) {
        moving[lags[j] - from] += left * theta[lags[j] - 1];
      }
    }
    double[] gamma = new double[count];
    for (int k = 0; k < count; k++) {
      double sum = moving[0] * pure[k];
      for (int l = 1; l <= q; l++) {
        if (moving[l] != 0) {
          sum += moving[l] * (pure[k + l] + pure[Math.abs(k - l)]);
        }
      }
      gamma[k] = sum;
    }
    return gamma;
  }

  /**
   * Autocovariances of the process without its moving average: down and up Levinson's recursion.
   */
  private static double[] autoregressive(ArmaModel model, int count) {
    double[] gamma = new double[count];
    double[] phi = model.phi();
    int p = phi.length;
    double[] partial = phi.clone();
    if (!StablePolynomial.partial(partial)) {
      return new double[0];
    }
    double variance = 1;
    for (double r : partial) {
      variance /= 1 - r * r;
    }
    gamma[0] = variance;
    double[] c = new double[p];
    for (int k = 1; k <= p; k++) {
      double sum = partial[k - 1] * variance;
      for (int j = 1; j < k; j++) {
        sum += c[j - 1] * (k - j < count ? gamma[k - j] : 0);
      }
      if (k < count) {
        gamma[k] = sum;
      }
      variance *= 1 - partial[k - 1] * partial[k - 1];
      StablePolynomial.extend(c, k - 1, partial[k - 1]);
    }
    int[] lags = model.phiLags();
    for (int k = p + 1; k < count; k++) {
      double sum = 0;
      for (int lag : lags) {
        sum += phi[lag - 1] * gamma[k - lag];
      }
      gamma[k] = sum;
    }
    return gamma;
  }
}
