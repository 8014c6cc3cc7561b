package org.millrace.risk.explain;

/**
 * Points and weights by which the integral over [0, 1] of every polynomial of degree up to {@code 2
 * n - 1} is a weighted sum (Abramowitz and Stegun, 25.4.29).
 */
@SuppressWarnings("ArrayRecordComponent") // Read by loops and never compared.
record GaussLegendre(double[] points, double[] weights) {

  static GaussLegendre of(int n) {
    double[] points = new double[n];
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      double x = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
      double slope = 0;
      for (int step = 0; step < 100; step++) { // Newton's method on the Legendre polynomial.
        double last = 1;
        double value = x;
        for (int k = 2; k <= n; k++) {
          double next = ((2 * k - 1) * x * value - (k - 1) * last) / k;
          last = value;
          value = next;
        }
        slope = n * (x * value - last) / (x * x - 1);
        double change = value / slope;
        x -= change;
        if (Math.abs(change) < 1e-15) {
          break;
        }
      }
      points[i] = (1 - x) / 2;
      weights[i] = 1 / ((1 - x * x) * slope * slope);
    }
    return new GaussLegendre(points, weights);
  }
}
