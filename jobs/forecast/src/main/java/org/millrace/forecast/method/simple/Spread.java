package org.millrace.forecast.method.simple;

/** The deviation of residuals around zero. */
final class Spread {
  private double squares;
  private int count;

  void add(double residual) {
    squares += residual * residual;
    count++;
  }

  /**
   * The root of the sum of squares over count - parameters; 0 where there are no more residuals
   * than parameters: nothing is known of the spread then.
   */
  double deviation(int parameters) {
    return count <= parameters ? 0 : Math.sqrt(squares / (count - parameters));
  }
}
