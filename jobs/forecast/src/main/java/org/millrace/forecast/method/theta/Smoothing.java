package org.millrace.forecast.method.theta;

import org.millrace.forecast.method.Method.Unfit;

/**
 * Simple exponential smoothing with a drift, whose weight of the newest value is found by least
 * squares. The error of the step t (from 0) is {@code y[t] - s[t] - c (1 - alpha)^t - d / alpha},
 * where s is the smoothed series from a level of 0: given alpha it is linear in the start c and in
 * the drift d, which are solved for exactly. Only alpha is searched.
 */
final class Smoothing {
  private static final double LEAST = 1e-4;
  private static final double MOST = 0.9999;
  private static final int GRID = 24;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final double PRECISION = 1e-9;

  private final double[] y;
  private final double mostDrift;

  /** As of the last weight that was tried. */
  private double start;

  private double drift;
  private double level;
  private double squares;

  private double alpha;

  /**
   * @param mostDrift the drift is between 0 and this, of the same sign; 0 for no drift
   * @throws Unfit where the thread was interrupted
   */
  Smoothing(double[] y, double mostDrift) throws Unfit {
    this.y = y;
    this.mostDrift = mostDrift;
    search();
  }

  private void search() throws Unfit {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i <= GRID; i++) {
      double error = errorAt(LEAST + (MOST - LEAST) * i / GRID);
      if (error < least) {
        least = error;
        best = i;
      }
    }
    double low = LEAST + (MOST - LEAST) * Math.max(0, best - 1) / GRID;
    double high = LEAST + (MOST - LEAST) * Math.min(GRID, best + 1) / GRID;
    alpha = LEAST + (MOST - LEAST) * best / GRID;
    double inner = high - GOLDEN * (high - low);
    double outer = low + GOLDEN * (high - low);
    double atInner = errorAt(inner);
    double atOuter = errorAt(outer);
    while (high - low > PRECISION) {
      if (atInner <= atOuter) {
        high = outer;
        outer = inner;
        atOuter = atInner;
        inner = high - GOLDEN * (high - low);
        atInner = errorAt(inner);
      } else {
        low = inner;
        inner = outer;
        atInner = atOuter;
        outer = low + GOLDEN * (high - low);
        atOuter = errorAt(outer);
      }
    }
    double middle = (low + high) / 2;
    for (double edge : new double[] {middle, LEAST, MOST}) {
      double error = errorAt(edge);
      if (error < least) {
        least = error;
        alpha = edge;
      }
    }
    squares = errorAt(alpha);
  }

  /** The least sum of squared errors with this weight. */
  private double errorAt(double weight) throws Unfit {
    if (Thread.currentThread().isInterrupted()) {
      throw new Unfit("time limit");
    }
    double keep = 1 - weight;
    double smooth = 0;
    double power = 1;
    double pp = 0;
    double p1 = 0;
    double pr = 0;
    double r1 = 0;
    for (double value : y) {
      double rest = value - smooth;
      pp += power * power;
      p1 += power;
      pr += power * rest;
      r1 += rest;
      smooth += weight * rest;
      power *= keep;
    }
    drift = mostDrift == 0 ? 0 : drift(weight, pp, p1, pr, r1);
    double constant = drift / weight;
    start = (pr - constant * p1) / pp;
    level = smooth + start * power;
    return squaresWith(weight, constant);
  }

  private double drift(double weight, double pp, double p1, double pr, double r1) {
    double determinant = pp * y.length - p1 * p1;
    double free =
        determinant <= 1e-12 * pp * y.length ? 0 : weight * (pp * r1 - p1 * pr) / determinant;
    return mostDrift > 0
        ? Math.min(mostDrift, Math.max(0, free))
        : Math.max(mostDrift, Math.min(0, free));
  }

  /** A second pass: the difference of sums would lose the digits of a good fit. */
  private double squaresWith(double weight, double constant) {
    double at = start;
    double sum = 0;
    for (double value : y) {
      double rest = value - at;
      sum += (rest - constant) * (rest - constant);
      at += weight * rest;
    }
    return sum;
  }

  /** The errors of one step. */
  double[] errors() {
    double[] errors = new double[y.length];
    double at = start;
    for (int t = 0; t < y.length; t++) {
      errors[t] = y[t] - at - drift / alpha;
      at += alpha * (y[t] - at);
    }
    return errors;
  }

  double alpha() {
    return alpha;
  }

  /** The smoothed level behind the last value, without the drift. */
  double level() {
    return level;
  }

  double drift() {
    return drift;
  }

  /** The sum of the squared errors of one step. */
  double squares() {
    return squares;
  }
}
