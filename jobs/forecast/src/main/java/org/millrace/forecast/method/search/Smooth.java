package org.millrace.forecast.method.search;

/** A function of several numbers that knows its slope. */
public interface Smooth {

  /** The value at a point; positive infinity where the function is not defined. */
  double at(double[] point);

  /** Writes the gradient at the point that {@link #at} was asked last, where it was finite. */
  void gradient(double[] slope);
}
