package org.millrace.risk.time;

import java.util.Arrays;
import java.util.Locale;

/** What a window of past numbers is told by. */
public enum Statistic {
  MEAN {
    @Override
    double of(double[] values, int count) {
      return count == 0 ? Double.NaN : Arrays.stream(values, 0, count).sum() / count;
    }
  },
  /** The standard deviation of the sample; missing for fewer than two numbers. */
  DEVIATION {
    @Override
    double of(double[] values, int count) {
      if (count < 2) {
        return Double.NaN;
      }
      double mean = MEAN.of(values, count);
      double squares = Arrays.stream(values, 0, count).map(v -> (v - mean) * (v - mean)).sum();
      return Math.sqrt(squares / (count - 1));
    }

    @Override
    double learnt(Target target, double value, double naive) {
      return target.spread(value, naive);
    }
  },
  MIN {
    @Override
    double of(double[] values, int count) {
      return Arrays.stream(values, 0, count).min().orElse(Double.NaN);
    }
  },
  MAX {
    @Override
    double of(double[] values, int count) {
      return Arrays.stream(values, 0, count).max().orElse(Double.NaN);
    }
  };

  /**
   * The statistic of the first numbers; NaN where it cannot be told.
   *
   * @param values none of which is NaN
   */
  abstract double of(double[] values, int count);

  /** On the scale of the target. */
  double learnt(Target target, double value, double naive) {
    return target.learnt(value, naive);
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
