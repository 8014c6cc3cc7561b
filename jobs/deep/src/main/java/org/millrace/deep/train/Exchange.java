package org.millrace.deep.train;

import java.nio.FloatBuffer;

/**
 * Sums a vector of each rank, and a few numbers that ride behind it in the same all-reduce: one
 * message a step instead of two.
 */
final class Exchange {
  private static final int LOSS = 0;
  private static final int WEIGHT = 1;
  private static final int ROWS = 2;
  private static final int CHECKPOINT = 3;
  private static final int RIDERS = 4;
  private static final int EXPONENT = 0x7f800000;

  private final Collective collective;
  private final float[] riders = new float[RIDERS];
  private boolean finite;
  private boolean checkpointDue;

  Exchange(Collective collective) {
    this.collective = collective;
  }

  /** What it sums at once for vectors of a size. */
  static int numbers(int size) {
    return size + RIDERS;
  }

  /**
   * Replaces a vector and a tally by their sums over the ranks.
   *
   * @param checkpointDue whether this rank asks for a checkpoint, which one is enough to get
   */
  void sum(FloatBuffer vector, Tally tally, boolean checkpointDue) {
    long from = System.nanoTime();
    this.checkpointDue = checkpointDue;
    if (collective.ranks() > 1) {
      riders[LOSS] = (float) tally.loss;
      riders[WEIGHT] = (float) tally.weight;
      riders[ROWS] = (float) tally.rows;
      riders[CHECKPOINT] = checkpointDue ? 1 : 0;
      collective.sumFloats(vector, riders);
      tally.loss = riders[LOSS];
      tally.weight = riders[WEIGHT];
      tally.rows = (long) riders[ROWS];
      this.checkpointDue = riders[CHECKPOINT] > 0;
    }
    tally.exchangeNanos += System.nanoTime() - from;
    finite = Double.isFinite(tally.loss) && allFinite(vector);
  }

  /** Whether loss and vector of the last sum are numbers; the same on every rank. */
  boolean isFinite() {
    return finite;
  }

  boolean isAlone() {
    return collective.ranks() == 1;
  }

  /** Whether any rank asked for a checkpoint at the last sum. */
  boolean isCheckpointDue() {
    return checkpointDue;
  }

  private static boolean allFinite(FloatBuffer vector) {
    boolean all = true;
    int size = vector.limit();
    for (int i = 0; i < size; i++) {
      all &= (Float.floatToRawIntBits(vector.get(i)) & EXPONENT) != EXPONENT;
    }
    return all;
  }
}
