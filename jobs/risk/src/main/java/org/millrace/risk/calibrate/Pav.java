package org.millrace.risk.calibrate;

import java.util.Arrays;

/**
 * Isotonic regression: the non-decreasing function of ascending points that is nearest by weighted
 * squares, found by pooling adjacent violators. (Ayer et al. 1955; Barlow et al., Statistical
 * Inference under Order Restrictions, 1972.)
 *
 * <p>The result is a list of blocks, of which each has a level above that of the one before.
 */
final class Pav {
  private final double[] level;
  private final double[] weight;
  private final double[] centre;
  private int blocks;

  private Pav(int most) {
    level = new double[most];
    weight = new double[most];
    centre = new double[most];
  }

  /**
   * @param x ascending
   * @param y as long as {@code x}
   * @param w weights above 0
   */
  static Pav fit(double[] x, double[] y, double[] w) {
    Pav pav = new Pav(x.length);
    for (int i = 0; i < x.length; i++) {
      pav.push(x[i], y[i], w[i]);
    }
    return pav;
  }

  private void push(double x, double y, double w) {
    level[blocks] = y;
    weight[blocks] = w;
    centre[blocks] = x;
    blocks++;
    while (blocks > 1 && level[blocks - 2] >= level[blocks - 1]) {
      int into = blocks - 2;
      double both = weight[into] + weight[into + 1];
      level[into] = (level[into] * weight[into] + level[into + 1] * weight[into + 1]) / both;
      centre[into] = (centre[into] * weight[into] + centre[into + 1] * weight[into + 1]) / both;
      weight[into] = both;
      blocks--;
    }
  }

  /** The level of each block, ascending. */
  double[] levels() {
    return Arrays.copyOf(level, blocks);
  }

  /** The weighted mean of {@code x} in each block, ascending. */
  double[] centres() {
    return Arrays.copyOf(centre, blocks);
  }

  /** The weight of each block. */
  double[] weights() {
    return Arrays.copyOf(weight, blocks);
  }
}
