package org.millrace.forecast.backtest;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A sum of doubles without any rounding until it is asked for, and so the same in whatever order
 * and parts its terms are added.
 *
 * <p>Source: Shewchuk, Adaptive precision floating-point arithmetic and fast robust geometric
 * predicates, Discrete and Computational Geometry 18 (1997); as in Python's {@code math.fsum}.
 */
final class ExactSum implements Serializable {
  private static final long serialVersionUID = 1L;

  private double[] partials = new double[2];
  private int size;

  /**
   * Adds a term.
   *
   * @param term finite, its magnitude below 1e300
   */
  void add(double term) {
    double x = term;
    int kept = 0;
    for (int i = 0; i < size; i++) {
      double y = partials[i];
      if (Math.abs(x) < Math.abs(y)) {
        double larger = y;
        y = x;
        x = larger;
      }
      double high = x + y;
      double low = y - (high - x);
      if (low != 0) {
        partials[kept++] = low;
      }
      x = high;
    }
    if (kept == partials.length) {
      partials = Arrays.copyOf(partials, 2 * kept);
    }
    partials[kept++] = x;
    size = kept;
  }

  void add(ExactSum other) {
    for (int i = 0; i < other.size; i++) {
      add(other.partials[i]);
    }
  }

  /** The sum, rounded once. */
  double value() {
    if (size == 0) {
      return 0;
    }
    int i = size - 1;
    double high = partials[i];
    double low = 0;
    while (i > 0) {
      double before = high;
      double next = partials[--i];
      high = before + next;
      low = next - (high - before);
      if (low != 0) {
        break;
      }
    }
    // Half way between two doubles what is left decides, as rounding to even would not see it.
    if (i > 0 && ((low < 0 && partials[i - 1] < 0) || (low > 0 && partials[i - 1] > 0))) {
      double twice = 2 * low;
      double rounded = high + twice;
      if (twice == rounded - high) {
        return rounded;
      }
    }
    return high;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeDouble(partials[i]);
    }
  }

  static ExactSum read(DataInput in) throws IOException {
    ExactSum sum = new ExactSum();
    sum.size = in.readInt();
    sum.partials = new double[Math.max(2, sum.size)];
    for (int i = 0; i < sum.size; i++) {
      sum.partials[i] = in.readDouble();
    }
    return sum;
  }
}
