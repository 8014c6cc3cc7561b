package org.millrace.risk.model;

import java.io.Serializable;

/**
 * A fitted model as a function of one encoded row. It has no state of its own: any number of
 * threads may ask it at once, and it travels to executors by Java serialization.
 */
public interface Predictor extends Serializable {

  /** Numbers that it says of a row: 1, or as many as there are classes. */
  int outputs();

  /**
   * Raw scores of a row: before any link function, so that contributions of features add up to
   * them.
   *
   * @param row values of the encoded features in the order of the {@link FeatureMap}; NaN where the
   *     value is missing
   * @param raw filled with {@link #outputs()} numbers
   */
  void raw(float[] row, double[] raw);

  /**
   * Raw scores of several rows, for predictors to which the next row is cheaper than the first.
   *
   * @param rows of which the first {@code count} are scored
   * @param raw the first {@code count} arrays are filled with {@link #outputs()} numbers each
   */
  default void raw(float[][] rows, int count, double[][] raw) {
    for (int r = 0; r < count; r++) {
      raw(rows[r], raw[r]);
    }
  }
}
