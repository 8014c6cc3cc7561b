package org.millrace.text.classify;

/**
 * The mean loss of rows and a penalty on the squares of the weights, but not of the intercepts, as
 * MLlib's learners have it: what they minimize over a cluster is minimized here on the driver.
 *
 * <p>Weights are those of a class after those of another, by the units of {@link FewRows}, and
 * behind them an intercept a class. The penalty is on weights by the units of the rows themselves.
 */
abstract class Loss implements Lbfgs.Function {
  private final FewRows rows;
  private final int classes;
  private final double regularization;

  /**
   * @param classes that have weights: one of two is enough
   */
  Loss(FewRows rows, int classes, double regularization) {
    this.rows = rows;
    this.classes = classes;
    this.regularization = regularization;
  }

  /**
   * The loss of a row.
   *
   * @param sums of its classes; becomes the loss's derivatives by them
   */
  abstract double of(int label, double[] sums);

  @Override
  public double at(double[] weights, double[] gradient) {
    double[] sums = new double[classes];
    int size = rows.size();
    double loss = 0;
    for (int row = 0; row < rows.rows(); row++) {
      for (int c = 0; c < classes; c++) {
        sums[c] = weights[classes * size + c] + rows.product(row, weights, c * size);
      }
      loss += of(rows.label(row), sums) / rows.rows();
      for (int c = 0; c < classes; c++) {
        double slope = sums[c] / rows.rows();
        if (slope != 0) {
          rows.add(row, slope, gradient, c * size);
          gradient[classes * size + c] += slope;
        }
      }
    }
    for (int w = 0; w < classes * size; w++) {
      double unit = rows.deviation(w % size);
      double weight = unit > 0 ? weights[w] / unit : 0;
      loss += regularization / 2 * weight * weight;
      gradient[w] += unit > 0 ? regularization * weight / unit : 0;
    }
    return loss;
  }

  /** Of one sum: that the row is of the second of two classes. */
  static final class Logistic extends Loss {
    Logistic(FewRows rows, double regularization) {
      super(rows, 1, regularization);
    }

    @Override
    double of(int label, double[] sums) {
      double sum = label == 1 ? sums[0] : -sums[0];
      double missing = 1 / (1 + Math.exp(sum));
      sums[0] = label == 1 ? -missing : missing;
      return sum > 0 ? Math.log1p(Math.exp(-sum)) : Math.log1p(Math.exp(sum)) - sum;
    }
  }

  /** Of a sum a class: minus the logarithm of the true one's share (softmax). */
  static final class CrossEntropy extends Loss {
    CrossEntropy(FewRows rows, int classes, double regularization) {
      super(rows, classes, regularization);
    }

    @Override
    double of(int label, double[] sums) {
      double most = Double.NEGATIVE_INFINITY;
      for (double sum : sums) {
        most = Math.max(most, sum);
      }
      double own = sums[label];
      double all = 0;
      for (int c = 0; c < sums.length; c++) {
        sums[c] = Math.exp(sums[c] - most);
        all += sums[c];
      }
      for (int c = 0; c < sums.length; c++) {
        sums[c] /= all;
      }
      sums[label] -= 1;
      return Math.log(all) + most - own;
    }
  }

  /** What lacks to 1 on the right side, of one class against the rest. */
  static final class Hinge extends Loss {
    private final int one;

    Hinge(FewRows rows, int one, double regularization) {
      super(rows, 1, regularization);
      this.one = one;
    }

    @Override
    double of(int label, double[] sums) {
      int side = label == one ? 1 : -1;
      double missing = 1 - side * sums[0];
      sums[0] = missing > 0 ? -side : 0;
      return Math.max(0, missing);
    }
  }
}
