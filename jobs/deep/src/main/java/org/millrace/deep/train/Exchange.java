package org.millrace.deep.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Sums a vector of each rank, and a few numbers that ride behind it in the same all-reduce: one
 * message a step instead of two, at the price of a copy to and from the buffer that holds both.
 */
final class Exchange {
  private static final int LOSS = 0;
  private static final int WEIGHT = 1;
  private static final int ROWS = 2;
  private static final int CHECKPOINT = 3;
  private static final int RIDERS = 4;
  private static final int EXPONENT = 0x7f800000;

  private final Collective collective;
  private final int size;
  private final ByteBuffer bytes;
  private final FloatBuffer floats;
  private boolean finite;
  private boolean checkpointDue;

  /**
   * @param size of the vectors
   */
  Exchange(Collective collective, int size) {
    this.collective = collective;
    this.size = size;
    int numbers = collective.ranks() == 1 ? 0 : numbers(size);
    bytes =
        ByteBuffer.allocateDirect(Math.multiplyExact(numbers, Float.BYTES))
            .order(ByteOrder.nativeOrder());
    floats = bytes.asFloatBuffer();
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
      floats.put(0, vector, 0, size);
      floats.put(size + LOSS, (float) tally.loss);
      floats.put(size + WEIGHT, (float) tally.weight);
      floats.put(size + ROWS, (float) tally.rows);
      floats.put(size + CHECKPOINT, checkpointDue ? 1 : 0);
      collective.sumFloats(bytes, numbers(size));
      vector.put(0, floats, 0, size);
      tally.loss = floats.get(size + LOSS);
      tally.weight = floats.get(size + WEIGHT);
      tally.rows = (long) floats.get(size + ROWS);
      this.checkpointDue = floats.get(size + CHECKPOINT) > 0;
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

  private boolean allFinite(FloatBuffer vector) {
    boolean all = true;
    for (int i = 0; i < size; i++) {
      all &= (Float.floatToRawIntBits(vector.get(i)) & EXPONENT) != EXPONENT;
    }
    return all;
  }
}
