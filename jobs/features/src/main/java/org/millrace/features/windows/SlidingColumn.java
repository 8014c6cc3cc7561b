package org.millrace.features.windows;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Count, sum, least and greatest of the values of a sliding window. Values come and go in the same
 * order, each at constant cost on average. The sum carries its rounding errors along (Neumaier's
 * compensated summation), so that values that left leave no trace.
 */
final class SlidingColumn {
  private final Deque<Double> least = new ArrayDeque<>();
  private final Deque<Double> greatest = new ArrayDeque<>();
  private final boolean extremes;
  private long count;
  private double sum;
  private double error;

  /**
   * Of no values.
   *
   * @param extremes whether least and greatest are asked for
   */
  SlidingColumn(boolean extremes) {
    this.extremes = extremes;
  }

  void add(double value) {
    count++;
    accumulate(value);
    if (extremes) {
      while (!least.isEmpty() && least.peekLast() > value) {
        least.removeLast();
      }
      least.addLast(value);
      while (!greatest.isEmpty() && greatest.peekLast() < value) {
        greatest.removeLast();
      }
      greatest.addLast(value);
    }
  }

  /** The oldest value goes. */
  void remove(double value) {
    count--;
    if (count == 0) {
      sum = 0;
      error = 0;
    } else {
      accumulate(-value);
    }
    if (extremes) {
      if (least.peekFirst() == value) {
        least.removeFirst();
      }
      if (greatest.peekFirst() == value) {
        greatest.removeFirst();
      }
    }
  }

  private void accumulate(double value) {
    double next = sum + value;
    error += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
    sum = next;
  }

  long count() {
    return count;
  }

  double sum() {
    return sum + error;
  }

  double min() {
    return least.getFirst();
  }

  double max() {
    return greatest.getFirst();
  }
}
