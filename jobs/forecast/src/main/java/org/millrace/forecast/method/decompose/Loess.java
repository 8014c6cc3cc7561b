package org.millrace.forecast.method.decompose;

/**
 * Local regression of equally spaced values with tricube weights, computed at every so many steps
 * and drawn straight between.
 *
 * <p>Source: Cleveland, Cleveland, McRae and Terpenning, STL: a seasonal-trend decomposition
 * procedure based on loess, Journal of Official Statistics 6 (1990).
 */
final class Loess {
  private static final double NEAR = 0.001;

  private final int window;
  private final int degree;
  private final int jump;
  private double[] weights = new double[0];

  /**
   * @param window neighbours that count, odd
   * @param degree 0 for local means, 1 for local lines
   * @param jump steps between the points computed
   */
  Loess(int window, int degree, int jump) {
    this.window = window;
    this.degree = degree;
    this.jump = jump;
  }

  /** Smooths the first n values of y into out, from an offset of it on. */
  void smooth(double[] y, int n, double[] out, int offset) {
    if (n < 2) {
      System.arraycopy(y, 0, out, offset, n);
      return;
    }
    int step = Math.min(jump, n - 1);
    int last = 0;
    for (int i = 0; i < n; i += step) {
      out[offset + i] = at(y, n, i);
      if (i > 0) {
        draw(out, offset + last, offset + i);
      }
      last = i;
    }
    if (last < n - 1) {
      out[offset + n - 1] = at(y, n, n - 1);
      draw(out, offset + last, offset + n - 1);
    }
  }

  /** The value at a step of the series or just outside of it. */
  double at(double[] y, int n, int x) {
    int span = Math.min(window, n);
    int left = Math.max(0, Math.min(n - span, x - (window - 1) / 2));
    return local(y, n, x, left, left + span - 1);
  }

  private double local(double[] y, int n, int x, int left, int right) {
    double reach = Math.max(x - left, right - x);
    if (window > n) {
      reach += Math.floorDiv(window - n, 2);
    }
    if (weights.length < right - left + 1) {
      weights = new double[right - left + 1];
    }
    double total = 0;
    for (int j = left; j <= right; j++) {
      double distance = Math.abs(j - x);
      double weight = 0;
      if (distance <= (1 - NEAR) * reach) {
        double share = distance / reach;
        double rest = 1 - share * share * share;
        weight = distance <= NEAR * reach ? 1 : rest * rest * rest;
      }
      weights[j - left] = weight;
      total += weight;
    }
    if (!(total > 0)) {
      return y[Math.max(0, Math.min(n - 1, x))];
    }
    double mean = 0;
    double centre = 0;
    for (int j = left; j <= right; j++) {
      double weight = weights[j - left] / total;
      mean += weight * y[j];
      centre += weight * j;
    }
    if (degree == 0) {
      return mean;
    }
    double spread = 0;
    double slope = 0;
    for (int j = left; j <= right; j++) {
      double weight = weights[j - left] / total;
      spread += weight * (j - centre) * (j - centre);
      slope += weight * (j - centre) * y[j];
    }
    return Math.sqrt(spread) > NEAR * (n - 1) ? mean + slope / spread * (x - centre) : mean;
  }

  private static void draw(double[] out, int from, int to) {
    double slope = (out[to] - out[from]) / (to - from);
    for (int i = from + 1; i < to; i++) {
      out[i] = out[from] + slope * (i - from);
    }
  }
}
