package org.millrace.forecast.method.arima;

import java.util.Arrays;

/** The filter (1 - B)^d (1 - B^s)^D and the way back. */
final class Differencing {
  private final double[] weights;

  Differencing(ArimaOrder order) {
    double[] filter = {1};
    for (int i = 0; i < order.d(); i++) {
      filter = times(filter, 1);
    }
    for (int i = 0; i < order.seasonalD(); i++) {
      filter = times(filter, order.period());
    }
    weights = new double[filter.length - 1];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = -filter[i + 1];
    }
  }

  private static double[] times(double[] filter, int lag) {
    double[] product = Arrays.copyOf(filter, filter.length + lag);
    for (int i = 0; i < filter.length; i++) {
      product[i + lag] -= filter[i];
    }
    return product;
  }

  /** A value is its difference plus the sum of weights[i] times the value i + 1 steps before. */
  double[] weights() {
    return weights;
  }

  /** The differences: shorter by the length of the weights. */
  double[] differences(double[] values) {
    int lost = weights.length;
    double[] out = new double[values.length - lost];
    for (int t = 0; t < out.length; t++) {
      double difference = values[t + lost];
      for (int i = 0; i < lost; i++) {
        if (weights[i] != 0) {
          difference -= weights[i] * values[t + lost - 1 - i];
        }
      }
      out[t] = difference;
    }
    return out;
  }

  /**
   * Sums differences up, in place.
   *
   * @param past the values before; only the last ones are read, and zeros stand for absent ones
   */
  void integrate(double[] past, double[] differences) {
    int n = past.length;
    for (int h = 0; h < differences.length; h++) {
      double value = differences[h];
      for (int i = 0; i < weights.length; i++) {
        if (weights[i] != 0) {
          int at = h - 1 - i;
          value += weights[i] * (at >= 0 ? differences[at] : n + at >= 0 ? past[n + at] : 0);
        }
      }
      differences[h] = value;
    }
  }
}
