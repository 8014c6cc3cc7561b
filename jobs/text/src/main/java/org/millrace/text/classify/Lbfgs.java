package org.millrace.text.classify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The least value of a convex function by the limited-memory BFGS method (Nocedal and Wright,
 * Numerical Optimization, 2006, algorithms 7.4 and 7.5), with steps that are halved until the value
 * is less by a share of what the slope says (their algorithm 3.1), as OWL-QN has them (Andrew and
 * Gao, ICML 2007), so that a function may have edges, as the hinge loss has. Breeze's, which MLlib
 * uses, cannot be given a function in Java: it would have to have two methods that differ in what
 * they return.
 *
 * @param iterations steps at most
 * @param tolerance it ends where a step makes the value less by a smaller share
 */
record Lbfgs(int iterations, double tolerance) {
  private static final int MEMORY = 10;
  private static final int HALVINGS = 40;
  private static final double ENOUGH = 1e-4;

  /** What is minimized. */
  interface Function {
    /**
     * The value at a place.
     *
     * @param gradient becomes the derivatives there
     */
    double at(double[] place, double[] gradient);
  }

  private record Pair(Vector step, Vector change, double curvature) {}

  // Arrays that nobody compares.
  @SuppressWarnings("ArrayRecordComponent")
  private record Vector(double[] numbers) {
    double dot(double[] other) {
      double sum = 0;
      for (int i = 0; i < numbers.length; i++) {
        sum += numbers[i] * other[i];
      }
      return sum;
    }

    void addTo(double[] other, double factor) {
      for (int i = 0; i < numbers.length; i++) {
        other[i] += factor * numbers[i];
      }
    }

    Vector minus(Vector other) {
      double[] difference = numbers.clone();
      other.addTo(difference, -1);
      return new Vector(difference);
    }
  }

  /** Where the function is least, looked for from zeros on. */
  double[] minimize(Function function, int size) {
    Vector place = new Vector(new double[size]);
    Vector gradient = new Vector(new double[size]);
    double value = function.at(place.numbers, gradient.numbers);
    Deque<Pair> known = new ArrayDeque<>();
    for (int step = 0; step < iterations; step++) {
      Vector way = way(known, gradient);
      double slope = way.dot(gradient.numbers);
      double length = known.isEmpty() ? 1 / Math.max(1, Math.sqrt(-slope)) : 1;
      Vector next = place;
      Vector there = gradient;
      double least = value;
      for (int halving = 0; halving < HALVINGS && least >= value; halving++) {
        next = new Vector(place.numbers.clone());
        way.addTo(next.numbers, length);
        there = new Vector(new double[size]);
        least = function.at(next.numbers, there.numbers);
        if (least > value + ENOUGH * length * slope) {
          least = value;
        }
        length /= 2;
      }
      if (!(least < value)) {
        return place.numbers;
      }
      remember(known, next.minus(place), there.minus(gradient));
      boolean done = value - least <= tolerance * Math.max(Math.abs(value), 1e-10);
      place = next;
      gradient = there;
      value = least;
      if (done) {
        return place.numbers;
      }
    }
    return place.numbers;
  }

  private static void remember(Deque<Pair> known, Vector step, Vector change) {
    double curvature = step.dot(change.numbers);
    if (curvature > 1e-12 * change.dot(change.numbers)) {
      if (known.size() == MEMORY) {
        known.removeFirst();
      }
      known.addLast(new Pair(step, change, curvature));
    }
  }

  /** The gradient by the inverse of the curvature that was seen, downwards (two loops). */
  private static Vector way(Deque<Pair> known, Vector gradient) {
    double[] way = gradient.numbers.clone();
    double[] shares = new double[known.size()];
    int at = 0;
    for (Iterator<Pair> newest = known.descendingIterator(); newest.hasNext(); at++) {
      Pair pair = newest.next();
      shares[at] = pair.step.dot(way) / pair.curvature;
      pair.change.addTo(way, -shares[at]);
    }
    double scale =
        known.isEmpty()
            ? 1
            : known.getLast().curvature
                / known.getLast().change.dot(known.getLast().change.numbers);
    for (int i = 0; i < way.length; i++) {
      way[i] *= scale;
    }
    for (Pair pair : known) {
      at--;
      pair.step.addTo(way, shares[at] - pair.change.dot(way) / pair.curvature);
    }
    for (int i = 0; i < way.length; i++) {
      way[i] = -way[i];
    }
    return new Vector(way);
  }
}
