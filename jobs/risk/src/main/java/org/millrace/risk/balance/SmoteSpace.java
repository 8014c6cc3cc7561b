package org.millrace.risk.balance;

import java.io.Serializable;
import java.util.Arrays;
import org.millrace.risk.draw.SplitMix;

/**
 * Where rows of a class are near to each other. A feature that is always 0 or 1 is one of the
 * levels of its column: two rows of different levels are as far apart as the median deviation of
 * the other features, which here is 1 since those are divided by their deviations; and a new row
 * has the level that most of the neighbours have.
 */
final class SmoteSpace implements Serializable {
  private static final long serialVersionUID = 1L;
  private final double[] deviations;
  private final boolean[] continuous;
  private final int[] groups;

  /**
   * @param deviations of each feature; 0 for one that does not vary
   * @param continuous whether a feature has other values than 0 and 1
   * @param groups the number of the column that a feature is made of
   */
  SmoteSpace(double[] deviations, boolean[] continuous, int[] groups) {
    this.deviations = deviations.clone();
    this.continuous = continuous.clone();
    this.groups = groups.clone();
  }

  /** The rows nearest to one, the nearest first; of equally near ones the first in the array. */
  int[] nearest(double[][] rows, int own, int count) {
    int k = Math.min(count, rows.length - 1);
    int[] nearest = new int[k];
    double[] distances = new double[k];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    for (int r = 0; r < rows.length; r++) {
      double distance = r == own ? Double.POSITIVE_INFINITY : distance(rows[own], rows[r]);
      if (r != own
          && (distance < distances[k - 1] || distances[k - 1] == Double.POSITIVE_INFINITY)) {
        int place = k - 1;
        while (place > 0 && distance < distances[place - 1]) {
          distances[place] = distances[place - 1];
          nearest[place] = nearest[place - 1];
          place--;
        }
        distances[place] = distance;
        nearest[place] = r;
      }
    }
    return nearest;
  }

  /**
   * The squared distance. That a value is missing is something that rows have in common or not,
   * like a level.
   */
  double distance(double[] a, double[] b) {
    double sum = 0;
    for (int f = 0; f < a.length; f++) {
      if (Double.isNaN(a[f]) || Double.isNaN(b[f])) {
        sum += Double.isNaN(a[f]) && Double.isNaN(b[f]) ? 0 : 1;
      } else if (!continuous[f]) {
        // Rows of different levels differ in two features of the column, or in one boolean.
        sum += a[f] == b[f] ? 0 : 0.5;
      } else if (deviations[f] > 0) {
        double d = (a[f] - b[f]) / deviations[f];
        sum += d * d;
      }
    }
    return sum;
  }

  /**
   * A row between one and one of its neighbours.
   *
   * @param draw decides which one and where
   */
  double[] between(double[][] rows, int own, int[] nearest, long draw) {
    double[] from = rows[own];
    double[] to = rows[nearest[(int) (SplitMix.unit(draw) * nearest.length)]];
    double gap = SplitMix.unit(SplitMix.mix(draw));
    double[] made = from.clone();
    for (int f = 0; f < made.length; f++) {
      if (continuous[f] && !Double.isNaN(from[f]) && !Double.isNaN(to[f])) {
        // As floats, like all encoded values.
        made[f] = (float) (from[f] + gap * (to[f] - from[f]));
      }
    }
    levels(made, rows, nearest);
    return made;
  }

  /**
   * Gives each column of levels those that most neighbours have; of a tie those of the nearest.
   * Where no two neighbours agree, the row keeps its own.
   */
  private void levels(double[] made, double[][] rows, int[] nearest) {
    for (int start = 0; start < made.length; ) {
      int end = start + 1;
      while (end < made.length && groups[end] == groups[start]) {
        end++;
      }
      if (anyLevel(start, end)) {
        int best = -1;
        int most = 0;
        for (int n : nearest) {
          int votes = 0;
          for (int other : nearest) {
            votes += same(rows[n], rows[other], start, end) ? 1 : 0;
          }
          if (votes > most) {
            most = votes;
            best = n;
          }
        }
        if (best >= 0 && most > 1) {
          for (int f = start; f < end; f++) {
            made[f] = continuous[f] ? made[f] : rows[best][f];
          }
        }
      }
      start = end;
    }
  }

  private boolean anyLevel(int start, int end) {
    for (int f = start; f < end; f++) {
      if (!continuous[f]) {
        return true;
      }
    }
    return false;
  }

  private boolean same(double[] a, double[] b, int start, int end) {
    for (int f = start; f < end; f++) {
      if (!continuous[f] && Double.compare(a[f], b[f]) != 0) {
        return false;
      }
    }
    return true;
  }
}
