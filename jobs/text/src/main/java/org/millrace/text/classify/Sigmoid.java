package org.millrace.text.classify;

/**
 * The probability of a class by a classifier's sum for it: {@code 1 / (1 + exp(-slope x sum -
 * offset))}, where the likelihood of smoothed targets is greatest (Platt, Probabilistic outputs for
 * support vector machines, 1999, by Newton's method as Lin, Lin and Weng, A note on Platt's
 * probabilistic outputs, Machine Learning 68, 2007). The targets, (n + 1) / (n + 2) of the class's
 * n rows and 1 / (m + 2) of the m others, keep it finite where sums tell the classes apart.
 *
 * @param slope 0 or more: where greater sums do not speak for the class, they say nothing
 */
record Sigmoid(double slope, double offset) {
  private static final int STEPS = 100;
  private static final double RIDGE = 1e-12;

  /**
   * @param sums of rows that the classifier has not seen
   * @param own whether each is of the class
   */
  static Sigmoid fit(double[] sums, boolean[] own) {
    int of = 0;
    for (boolean one : own) {
      of += one ? 1 : 0;
    }
    double high = (of + 1.0) / (of + 2.0);
    double low = 1 / (own.length - of + 2.0);
    double slope = 0;
    double offset = Math.log((of + 1.0) / (own.length - of + 1.0));
    double loss = loss(sums, own, high, low, slope, offset);
    for (int step = 0; step < STEPS; step++) {
      double bySlope = 0;
      double byOffset = 0;
      double slopes = RIDGE;
      double both = 0;
      double offsets = RIDGE;
      for (int i = 0; i < sums.length; i++) {
        double told = 1 / (1 + Math.exp(-slope * sums[i] - offset));
        double missing = told - (own[i] ? high : low);
        double bend = told * (1 - told);
        bySlope += missing * sums[i];
        byOffset += missing;
        slopes += bend * sums[i] * sums[i];
        both += bend * sums[i];
        offsets += bend;
      }
      double determinant = slopes * offsets - both * both;
      double toSlope = -(offsets * bySlope - both * byOffset) / determinant;
      double toOffset = -(slopes * byOffset - both * bySlope) / determinant;
      double length = 1;
      double less = loss;
      for (; length > 1e-10; length /= 2) {
        less = loss(sums, own, high, low, slope + length * toSlope, offset + length * toOffset);
        if (less < loss) {
          break;
        }
      }
      if (!(less < loss)) {
        break;
      }
      slope += length * toSlope;
      offset += length * toOffset;
      boolean done = loss - less < 1e-10 * loss;
      loss = less;
      if (done) {
        break;
      }
    }
    return slope > 0
        ? new Sigmoid(slope, offset)
        : new Sigmoid(0, Math.log((of + 1.0) / (own.length - of + 1.0)));
  }

  private static double loss(
      double[] sums, boolean[] own, double high, double low, double slope, double offset) {
    double loss = 0;
    for (int i = 0; i < sums.length; i++) {
      double line = slope * sums[i] + offset;
      double positive = Math.max(line, 0) + Math.log1p(Math.exp(-Math.abs(line)));
      loss += positive - (own[i] ? high : low) * line;
    }
    return loss;
  }
}
