package org.millrace.risk.explain;

import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.millrace.risk.model.Predictor;

/**
 * LIME (Ribeiro, Singh and Guestrin, "Why Should I Trust You?", 2016): the weights of a ridge
 * regression on rows near the one that is explained. A neighbour keeps some features and takes the
 * others from a background row; the regression sees which were kept, and neighbours count by how
 * many ({@code exp(-share of features changed^2 / 0.75^2)}, LIME's own kernel). Contributions are
 * those weights: they do not add up to the raw score.
 *
 * <p>Every row has the same pattern of neighbours, so the regression is solved once: explaining a
 * row costs its neighbours' scores and one product.
 */
public final class Lime implements Explainer {
  private static final long serialVersionUID = 1L;
  private static final double KERNEL_WIDTH = 0.75;
  private static final double RIDGE = 1.0;

  private final Predictor predictor;
  private final Background background;
  private final boolean[][] kept;
  private final int[] other;

  /** Feature x neighbour: what a neighbour's score adds to a feature's weight. */
  private final double[][] solution;

  /**
   * @param neighbours of a row, 1 or more; several times as many as there are features
   */
  public Lime(Predictor predictor, Background background, int neighbours, long seed) {
    this.predictor = predictor;
    this.background = background;
    int width = background.rows()[0].length;
    SplittableRandom random = new SplittableRandom(seed);
    this.kept = new boolean[neighbours][width];
    this.other = new int[neighbours];
    for (int n = 0; n < neighbours; n++) {
      other[n] = random.nextInt(background.rows().length);
      // The number of changes is drawn first: near and far neighbours are equally many.
      double share = random.nextDouble();
      for (int f = 0; f < width; f++) {
        kept[n][f] = random.nextDouble() >= share;
      }
    }
    this.solution = solve(kept);
  }

  /** Of weighted ridge regression with an intercept, which is not punished. */
  private static double[][] solve(boolean[][] kept) {
    int width = kept[0].length;
    double[][] design = new double[kept.length][width + 1];
    double[][] weighted = new double[width + 1][kept.length];
    for (int n = 0; n < kept.length; n++) {
      int changed = 0;
      design[n][width] = 1;
      for (int f = 0; f < width; f++) {
        design[n][f] = kept[n][f] ? 1 : 0;
        changed += kept[n][f] ? 0 : 1;
      }
      double share = (double) changed / width;
      double weight = Math.exp(-share * share / (KERNEL_WIDTH * KERNEL_WIDTH));
      for (int f = 0; f <= width; f++) {
        weighted[f][n] = weight * design[n][f];
      }
    }
    RealMatrix right = new Array2DRowRealMatrix(weighted, false);
    RealMatrix normal = right.multiply(new Array2DRowRealMatrix(design, false));
    for (int f = 0; f < width; f++) {
      normal.addToEntry(f, f, RIDGE);
    }
    return new CholeskyDecomposition(normal, 1e-9, 1e-12).getSolver().solve(right).getData();
  }

  @Override
  public double expected(int output) {
    return background.mean(predictor, output);
  }

  @Override
  public void explain(float[][] rows, int count, int output, double[][] contributions) {
    float[][] others = background.rows();
    float[][] near = new float[kept.length][kept[0].length];
    double[][] raw = new double[kept.length][predictor.outputs()];
    for (int r = 0; r < count; r++) {
      for (int n = 0; n < near.length; n++) {
        for (int f = 0; f < near[n].length; f++) {
          near[n][f] = kept[n][f] ? rows[r][f] : others[other[n]][f];
        }
      }
      predictor.raw(near, near.length, raw);
      for (int f = 0; f < contributions[r].length; f++) {
        double weight = 0;
        for (int n = 0; n < near.length; n++) {
          weight += solution[f][n] * raw[n][output];
        }
        contributions[r][f] = weight;
      }
    }
  }
}
