package org.millrace.features.privacy;

import java.util.random.RandomGenerator;

/**
 * Laplace noise that keeps its promise on a computer: values are rounded to a grid and the noise is
 * a whole number of its steps, drawn from the two-sided geometric distribution, since the last
 * digits of floating-point noise give values away (Mironov, "On significance of the least
 * significant bits for differential privacy", 2012). The grid and the way of drawing are those of
 * Google's differential privacy libraries ("Secure noise generation", 2020).
 */
final class LaplaceNoise {
  private static final double STEPS = 0x1p40;

  private final RandomGenerator random;

  /**
   * Noise from a source of chance.
   *
   * @param random {@link java.security.SecureRandom} wherever the promise must hold
   */
  LaplaceNoise(RandomGenerator random) {
    this.random = random;
  }

  /**
   * A value with noise of the density exp(-|x| epsilon / sensitivity) around it.
   *
   * @param sensitivity by how much one person can change the value, above 0
   */
  double add(double value, double sensitivity, double epsilon) {
    double step = powerOfTwoFrom(sensitivity / epsilon / STEPS);
    long noise = twoSidedGeometric(step * epsilon / (sensitivity + step));
    return Math.rint(value / step) * step + noise * step;
  }

  private static double powerOfTwoFrom(double x) {
    double power = Math.scalb(1.0, Math.getExponent(x));
    return power < x ? 2 * power : power;
  }

  private long twoSidedGeometric(double lambda) {
    while (true) {
      long size = geometric(lambda) - 1;
      boolean positive = random.nextBoolean();
      // Zero would come twice as often as it should.
      if (size != 0 || positive) {
        return positive ? size : -size;
      }
    }
  }

  /** 1, 2, ... with probability proportional to exp(-lambda x), by halving the remaining mass. */
  private long geometric(double lambda) {
    if (random.nextDouble() > -Math.expm1(-lambda * Long.MAX_VALUE)) {
      return Long.MAX_VALUE;
    }
    long left = 0;
    long right = Long.MAX_VALUE;
    while (left + 1 < right) {
      double half =
          (Math.log(0.5) + Math.log1p(Math.exp(lambda * ((double) left - (double) right))))
              / lambda;
      long middle = (long) Math.ceil(left - half);
      middle = Math.min(Math.max(middle, left + 1), right - 1);
      double below =
          Math.expm1(lambda * ((double) left - (double) middle))
              / Math.expm1(lambda * ((double) left - (double) right));
      if (random.nextDouble() <= below) {
        right = middle;
      } else {
        left = middle;
      }
    }
    return right;
  }
}
