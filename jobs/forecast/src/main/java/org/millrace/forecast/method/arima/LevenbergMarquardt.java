package org.millrace.forecast.method.arima;

import java.util.Arrays;
import org.millrace.forecast.method.Method.Unfit;

/**
 * Least squares by Levenberg and Marquardt with differences for derivatives.
 *
 * <p>Source: Marquardt 1963; damping as in Madsen, Nielsen and Tingleff, Methods for non-linear
 * least squares problems (2004), section 3.2, with Marquardt's scaling.
 */
final class LevenbergMarquardt {
  private static final double STEP = 1e-6;
  private static final double FIRST_DAMPING = 1e-2;
  private static final double MOST_DAMPING = 1e8;

  /** No coordinate moves by more than that in one iteration. */
  private static final double MOST_MOVE = 2;

  /** What is made small. */
  interface Residuals {

    /**
     * @param out written: one residual for each element
     * @return the sum of their squares, or infinity where there are none
     */
    double at(double[] point, double[] out);
  }

  private final Residuals function;
  private final int size;
  private final double tolerance;
  private final int iterations;

  /**
   * @param size residuals
   * @param tolerance ends once an iteration takes less than this share of the sum
   */
  LevenbergMarquardt(Residuals function, int size, double tolerance, int iterations) {
    this.function = function;
    this.size = size;
    this.tolerance = tolerance;
    this.iterations = iterations;
  }

  /**
   * Goes down from a point, which becomes the lowest one found.
   *
   * @return the sum of squares there; infinity where there is none at the start either
   * @throws Unfit if the thread is interrupted
   */
  double minimize(double[] point) throws Unfit {
    int k = point.length;
    double[] residuals = new double[size];
    double sum = function.at(point, residuals);
    if (k == 0 || !(sum < Double.POSITIVE_INFINITY)) {
      return sum;
    }
    double[][] jacobian = new double[k][size];
    double[][] normal = new double[k][k];
    double[] gradient = new double[k];
    double[] trial = new double[k];
    double[] tried = new double[size];
    double damping = FIRST_DAMPING;
    double raise = 2;
    for (int i = 0; i < iterations && sum > 0; i++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new Unfit("time limit");
      }
      derive(point, residuals, jacobian, trial);
      normalEquations(jacobian, residuals, normal, gradient);
      double before = sum;
      boolean down = false;
      while (!down && damping < MOST_DAMPING) {
        double[] move = solve(normal, gradient, damping);
        double most = 0;
        for (double m : move) {
          most = Math.max(most, Math.abs(m));
        }
        double shrink = most > MOST_MOVE ? MOST_MOVE / most : 1;
        double expected = 0;
        for (int j = 0; j < k; j++) {
          move[j] *= shrink;
          trial[j] = point[j] + move[j];
          expected += move[j] * (damping * normal[j][j] * move[j] + gradient[j]);
        }
        double candidate = function.at(trial, tried);
        if (candidate < sum) {
          double ratio = expected > 0 ? (sum - candidate) / expected : 1;
          double cube = 2 * ratio - 1;
          damping *= Math.max(0.1, 1 - cube * cube * cube);
          raise = 2;
          sum = candidate;
          System.arraycopy(trial, 0, point, 0, k);
          System.arraycopy(tried, 0, residuals, 0, size);
          down = true;
        } else {
          damping *= raise;
          raise *= 2;
        }
      }
      if (!down || before - sum < tolerance * before) {
        break;
      }
    }
    return sum;
  }

  private void derive(double[] point, double[] residuals, double[][] jacobian, double[] trial) {
    System.arraycopy(point, 0, trial, 0, point.length);
    for (int j = 0; j < point.length; j++) {
      double[] row = jacobian[j];
      double step = point[j] > 0 ? -STEP : STEP;
      trial[j] = point[j] + step;
      if (function.at(trial, row) < Double.POSITIVE_INFINITY) {
        for (int t = 0; t < size; t++) {
          row[t] = (row[t] - residuals[t]) / step;
        }
      } else {
        Arrays.fill(row, 0);
      }
      trial[j] = point[j];
    }
  }

  private void normalEquations(
      double[][] jacobian, double[] residuals, double[][] normal, double[] gradient) {
    for (int i = 0; i < jacobian.length; i++) {
      for (int j = 0; j <= i; j++) {
        normal[i][j] = dot(jacobian[i], jacobian[j]);
        normal[j][i] = normal[i][j];
      }
      gradient[i] = -dot(jacobian[i], residuals);
    }
  }

  private static double[] solve(double[][] normal, double[] gradient, double damping) {
    int k = gradient.length;
    double[][] damped = new double[k][];
    double largest = 0;
    for (int i = 0; i < k; i++) {
      largest = Math.max(largest, normal[i][i]);
    }
    for (int i = 0; i < k; i++) {
      damped[i] = normal[i].clone();
      damped[i][i] += damping * normal[i][i] + 1e-12 * largest + Double.MIN_NORMAL;
    }
    return Cholesky.solve(damped, gradient);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int t = 0; t < a.length; t++) {
      sum += a[t] * b[t];
    }
    return sum;
  }
}
