package org.millrace.risk.explain;

import java.util.SplittableRandom;
import org.millrace.risk.model.Predictor;

/**
 * Shapley values of any predictor by sampled orders of the features (Castro, Gomez and Tejada,
 * 2009), each order also backwards, which lowers the error (antithetic sampling; Mitchell et al.,
 * 2022). Features that come later in an order than the one that is asked about have the values of a
 * background row. Every background row is taken equally often, so that contributions add up to the
 * raw score exactly, however few orders there are.
 */
public final class SampledShapley implements Explainer {
  private static final long serialVersionUID = 1L;

  private final Predictor predictor;
  private final Background background;
  private final float[][] others;
  private final int[][] orders;

  /**
   * @param pairs of orders a background row, 1 or more
   */
  public SampledShapley(Predictor predictor, Background background, int pairs, long seed) {
    this.predictor = predictor;
    this.background = background;
    this.others = background.rows();
    int width = others[0].length;
    SplittableRandom random = new SplittableRandom(seed);
    this.orders = new int[pairs * others.length][];
    for (int o = 0; o < orders.length; o++) {
      orders[o] = shuffled(width, random);
    }
  }

  private static int[] shuffled(int width, SplittableRandom random) {
    int[] order = new int[width];
    for (int i = 0; i < width; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  @Override
  public double expected(int output) {
    return background.mean(predictor, output);
  }

  @Override
  public void explain(float[][] rows, int count, int output, double[][] contributions) {
    double[] raw = new double[predictor.outputs()];
    for (int r = 0; r < count; r++) {
      java.util.Arrays.fill(contributions[r], 0);
      for (int o = 0; o < orders.length; o++) {
        float[] other = others[o % others.length];
        walk(rows[r], other, orders[o], false, output, raw, contributions[r]);
        walk(rows[r], other, orders[o], true, output, raw, contributions[r]);
      }
    }
  }

  private void walk(
      float[] row,
      float[] other,
      int[] order,
      boolean backwards,
      int output,
      double[] raw,
      double[] sums) {
    float[] mixed = other.clone();
    predictor.raw(mixed, raw);
    double last = raw[output];
    for (int i = 0; i < order.length; i++) {
      int feature = order[backwards ? order.length - 1 - i : i];
      if (Float.compare(mixed[feature], row[feature]) == 0) {
        continue;
      }
      mixed[feature] = row[feature];
      predictor.raw(mixed, raw);
      sums[feature] += (raw[output] - last) / (2 * orders.length);
      last = raw[output];
    }
  }
}
