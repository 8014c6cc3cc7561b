package org.millrace.forecast.method.ets;

/**
 * The straight line of least squares through a series.
 *
 * @param mean of the values
 * @param centre the step where the line goes through the mean
 */
record Line(double mean, double slope, double centre) {

  /** Through the first steps of a series, which are 0, 1, 2, .... */
  static Line through(double[] y, int steps) {
    double centre = (steps - 1) / 2.0;
    double mean = 0;
    for (int t = 0; t < steps; t++) {
      mean += y[t] / steps;
    }
    double moment = 0;
    double squares = 0;
    for (int t = 0; t < steps; t++) {
      moment += (t - centre) * (y[t] - mean);
      squares += (t - centre) * (t - centre);
    }
    return new Line(mean, squares == 0 ? 0 : moment / squares, centre);
  }

  double at(double step) {
    return mean + (step - centre) * slope;
  }
}
