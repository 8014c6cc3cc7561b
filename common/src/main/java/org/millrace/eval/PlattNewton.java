package org.millrace.eval;

/**
 * Fits Platt's line by Newton's method with backtracking, with targets that keep away from 0 and 1.
 * (Lin, Lin and Weng, A note on Platt's probabilistic outputs for support vector machines, Machine
 * Learning 68, 2007, Algorithm 1.)
 */
final class PlattNewton {
  private static final int MOST_STEPS = 100;
  private static final double LEAST_STEP = 1e-10;
  private static final double RIDGE = 1e-12;
  private static final double FLAT = 1e-5;
  private static final double SUFFICIENT = 1e-4;

  private final double[] scores;
  private final double[] without;
  private final double[] with;
  private final double high;
  private final double low;

  PlattNewton(double[] scores, double[] without, double[] with) {
    this.scores = scores;
    this.without = without;
    this.with = with;
    this.high = (sum(with) + 1) / (sum(with) + 2);
    this.low = 1 / (sum(without) + 2);
  }

  PlattLine fit() {
    double slope = 0;
    double intercept = Math.log((sum(with) + 1) / (sum(without) + 1));
    double loss = loss(slope, intercept);
    double least = FLAT * Math.max(1e-6, (sum(with) + sum(without)) * 1e-6);
    for (int step = 0; step < MOST_STEPS; step++) {
      double g1 = 0;
      double g2 = 0;
      double h11 = RIDGE;
      double h22 = RIDGE;
      double h21 = 0;
      for (int i = 0; i < scores.length; i++) {
        double p = 1 / (1 + Math.exp(-(slope * scores[i] + intercept)));
        double rows = with[i] + without[i];
        double curvature = p * (1 - p) * rows;
        h11 += scores[i] * scores[i] * curvature;
        h22 += curvature;
        h21 += scores[i] * curvature;
        double error = p * rows - (with[i] * high + without[i] * low);
        g1 += scores[i] * error;
        g2 += error;
      }
      if (Math.abs(g1) < least && Math.abs(g2) < least) {
        break;
      }
      double determinant = h11 * h22 - h21 * h21;
      double towardsSlope = -(h22 * g1 - h21 * g2) / determinant;
      double towardsIntercept = -(-h21 * g1 + h11 * g2) / determinant;
      double descent = g1 * towardsSlope + g2 * towardsIntercept;
      double size = 1;
      while (size >= LEAST_STEP) {
        double tried = loss(slope + size * towardsSlope, intercept + size * towardsIntercept);
        if (tried < loss + SUFFICIENT * size * descent) {
          slope += size * towardsSlope;
          intercept += size * towardsIntercept;
          loss = tried;
          break;
        }
        size /= 2;
      }
      if (size < LEAST_STEP) {
        break;
      }
    }
    return new PlattLine(slope, intercept);
  }

  private double loss(double slope, double intercept) {
    double loss = 0;
    for (int i = 0; i < scores.length; i++) {
      double logOdds = slope * scores[i] + intercept;
      // log(1 + exp(-x)) and log(1 + exp(x)) without overflow
      double ifCame = Math.log1p(Math.exp(-Math.abs(logOdds))) + Math.max(0, -logOdds);
      double ifNot = ifCame + logOdds;
      double came = with[i] * high + without[i] * low;
      loss += came * ifCame + (with[i] + without[i] - came) * ifNot;
    }
    return loss;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
