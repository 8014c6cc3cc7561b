package org.millrace.risk.time;

import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/** What is learnt of a number to come: itself, or how it compares with its naive forecast. */
public enum Target {
  /** The number itself. A model of trees never says more than the greatest it has seen. */
  VALUE {
    @Override
    double learnt(double value, double naive) {
      return value;
    }

    @Override
    double told(double learnt, double naive) {
      return learnt;
    }

    @Override
    Column learnt(Column value, Column naive) {
      return value;
    }
  },
  /** The number less its naive forecast: for series with a trend. */
  DIFFERENCE {
    @Override
    double learnt(double value, double naive) {
      return value - naive;
    }

    @Override
    double told(double learnt, double naive) {
      return naive + learnt;
    }

    @Override
    Column learnt(Column value, Column naive) {
      return value.minus(naive);
    }
  },
  /** The number over its naive forecast: for growth, and for series of different sizes. */
  RATIO {
    @Override
    double learnt(double value, double naive) {
      return naive > 0 ? value / naive : Double.NaN;
    }

    @Override
    double told(double learnt, double naive) {
      return naive > 0 ? naive * learnt : Double.NaN;
    }

    @Override
    double spread(double value, double naive) {
      return learnt(value, naive);
    }

    @Override
    Column learnt(Column value, Column naive) {
      return when(naive.gt(0), value.divide(naive));
    }
  };

  /** What stands for a value of the series while learning; NaN where either is missing. */
  abstract double learnt(double value, double naive);

  /** The value that was meant: {@link #learnt} undone. */
  abstract double told(double learnt, double naive);

  /** {@link #learnt(double, double)} of columns; null where either is missing. */
  abstract Column learnt(Column value, Column naive);

  /** What stands for a distance between values, such as a standard deviation. */
  double spread(double value, double naive) {
    return value;
  }
}
