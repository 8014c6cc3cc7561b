package org.millrace.forecast.method.arima;

import java.io.Serializable;

/**
 * The transformation of Box and Cox (1964): the logarithm for a lambda of 0, (y^lambda - 1) /
 * lambda else; 1 leaves the series as it is. Only positive series have one other than 1.
 *
 * @param lambda from 0 to 1
 */
record BoxCox(double lambda) implements Serializable {
  static final BoxCox NONE = new BoxCox(1);
  static final BoxCox LOG = new BoxCox(0);

  BoxCox {
    if (!(lambda >= 0 && lambda <= 1)) {
      throw new IllegalArgumentException("lambda must be from 0 to 1, was " + lambda);
    }
  }

  boolean none() {
    return lambda == 1;
  }

  double[] apply(double[] y) {
    double[] out = y.clone();
    if (!none()) {
      for (int t = 0; t < out.length; t++) {
        out[t] = lambda == 0 ? Math.log(y[t]) : (Math.pow(y[t], lambda) - 1) / lambda;
      }
    }
    return out;
  }

  /** The way back; 0 below the least value that the transformation can have. */
  double invert(double z) {
    if (none()) {
      return z;
    }
    return lambda == 0 ? Math.exp(z) : Math.pow(Math.max(0, lambda * z + 1), 1 / lambda);
  }

  /** The logarithm of the product of the derivatives at steps from one on. */
  double logJacobian(double[] y, int from) {
    double sum = 0;
    for (int t = from; t < y.length && !none(); t++) {
      sum += Math.log(y[t]);
    }
    return (lambda - 1) * sum;
  }
}
