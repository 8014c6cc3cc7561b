package org.millrace.forecast.method.search;

import java.util.Arrays;
import org.millrace.forecast.method.Method.Unfit;

/**
 * Minimises a smooth function without bounds by the quasi-Newton method of Broyden, Fletcher,
 * Goldfarb and Shanno with a backtracking line search (Nocedal and Wright, Numerical Optimization,
 * 2nd edition, algorithms 3.1 and 6.1). It keeps a dense inverse Hessian: meant for some tens of
 * numbers. An instance is reused from search to search and allocates nothing.
 */
public final class Bfgs {
  private static final double SUFFICIENT = 1e-4;
  private static final int HALVINGS = 30;

  private final int iterations;
  private final double tolerance;
  private double[] inverse = {};
  private double[] slope = {};
  private double[] nextSlope = {};
  private double[] next = {};
  private double[] direction = {};
  private double[] product = {};

  /**
   * @param iterations at most
   * @param tolerance stops after two steps in a row that each gain less than this
   */
  public Bfgs(int iterations, double tolerance) {
    this.iterations = iterations;
    this.tolerance = tolerance;
  }

  /**
   * Walks from a point downhill, which becomes the lowest point found.
   *
   * @return the value there; infinite where the function is not defined at the start
   * @throws Unfit where the thread was interrupted
   */
  public double minimize(Smooth function, double[] point) throws Unfit {
    int n = point.length;
    grow(n);
    double value = function.at(point);
    if (!Double.isFinite(value)) {
      return Double.POSITIVE_INFINITY;
    }
    function.gradient(slope);
    boolean fresh = true;
    int small = 0;
    for (int i = 0; i < iterations && small < 2; i++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new Unfit("time limit");
      }
      if (fresh) {
        steepest(n);
      }
      double descent = direction(n);
      if (!(descent < 0)) {
        if (fresh) {
          break;
        }
        fresh = true;
        continue;
      }
      double lower = step(function, point, value, descent, n);
      if (!(lower < value)) {
        if (fresh) {
          break;
        }
        fresh = true;
        continue;
      }
      function.gradient(nextSlope);
      small = value - lower < tolerance ? small + 1 : 0;
      value = lower;
      update(point, n, fresh);
      fresh = false;
    }
    return value;
  }

  private void grow(int n) {
    if (slope.length != n) {
      inverse = new double[n * n];
      slope = new double[n];
      nextSlope = new double[n];
      next = new double[n];
      direction = new double[n];
      product = new double[n];
    }
  }

  /** The first step has length 1 at most. */
  private void steepest(int n) {
    double squares = 0;
    for (int i = 0; i < n; i++) {
      squares += slope[i] * slope[i];
    }
    Arrays.fill(inverse, 0, n * n, 0);
    double scale = 1 / Math.max(1, Math.sqrt(squares));
    for (int i = 0; i < n; i++) {
      inverse[i * n + i] = scale;
    }
  }

  private double direction(int n) {
    double descent = 0;
    for (int i = 0; i < n; i++) {
      double sum = 0;
      int row = i * n;
      for (int j = 0; j < n; j++) {
        sum -= inverse[row + j] * slope[j];
      }
      direction[i] = sum;
      descent += sum * slope[i];
    }
    return descent;
  }

  /** Shortens the step until it goes down enough; leaves the new point in next. */
  private double step(Smooth function, double[] point, double value, double descent, int n) {
    double length = 1;
    for (int k = 0; k < HALVINGS; k++) {
      for (int i = 0; i < n; i++) {
        next[i] = point[i] + length * direction[i];
      }
      double lower = function.at(next);
      if (lower <= value + SUFFICIENT * length * descent) {
        return lower;
      }
      if (Double.isFinite(lower)) {
        double parabola = -descent * length * length / (2 * (lower - value - descent * length));
        length = Math.min(length / 2, Math.max(length / 10, parabola));
      } else {
        length /= 4;
      }
    }
    return value;
  }

  /** Moves to the next point and learns the curvature on the way. */
  private void update(double[] point, int n, boolean fresh) {
    double curvature = 0;
    double change = 0;
    for (int i = 0; i < n; i++) {
      double s = next[i] - point[i];
      double y = nextSlope[i] - slope[i];
      direction[i] = s;
      slope[i] = y;
      curvature += s * y;
      change += y * y;
    }
    if (curvature > 1e-12 * change) {
      if (fresh) {
        Arrays.fill(inverse, 0, n * n, 0);
        for (int i = 0; i < n; i++) {
          inverse[i * n + i] = curvature / change;
        }
      }
      double quadratic = 0;
      for (int i = 0; i < n; i++) {
        double sum = 0;
        int row = i * n;
        for (int j = 0; j < n; j++) {
          sum += inverse[row + j] * slope[j];
        }
        product[i] = sum;
        quadratic += sum * slope[i];
      }
      double own = (1 + quadratic / curvature) / curvature;
      for (int i = 0; i < n; i++) {
        int row = i * n;
        double a = own * direction[i] - product[i] / curvature;
        double b = direction[i] / curvature;
        for (int j = 0; j < n; j++) {
          inverse[row + j] += a * direction[j] - b * product[j];
        }
      }
    }
    System.arraycopy(next, 0, point, 0, n);
    double[] old = slope;
    slope = nextSlope;
    nextSlope = old;
  }
}
