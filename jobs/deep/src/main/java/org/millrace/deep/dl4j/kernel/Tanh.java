package org.millrace.deep.dl4j.kernel;

/**
 * The hyperbolic tangent of many numbers, to 4e-7: x P(x²) / Q(x²) on [-8, 8], beyond which it is 1
 * to that precision. Plain arithmetic, which the compiler turns into vector instructions; {@code
 * src/test/python/fit_tanh.py} computes the coefficients.
 */
final class Tanh {
  private static final float END = 8f;

  private static final float P1 = 0.13444585f;
  private static final float P2 = 0.0035717024f;
  private static final float P3 = 2.189646e-05f;
  private static final float P4 = 1.5233134e-08f;

  private static final float Q1 = 0.46777913f;
  private static final float Q2 = 0.026164837f;
  private static final float Q3 = 0.00034114657f;
  private static final float Q4 = 8.523505e-07f;

  private Tanh() {}

  /** Writes tanh of the first {@code count} numbers of {@code from} to {@code to}. */
  static void of(float[] from, float[] to, int count) {
    for (int i = 0; i < count; i++) {
      float x = Math.max(-END, Math.min(END, from[i]));
      float square = x * x;
      float p = (((P4 * square + P3) * square + P2) * square + P1) * square + 1f;
      float q = (((Q4 * square + Q3) * square + Q2) * square + Q1) * square + 1f;
      to[i] = x * p / q;
    }
  }
}
