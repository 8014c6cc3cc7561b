package org.millrace.deep.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.millrace.deep.data.BatchSource;

/** Evaluates validation rows, each rank its own, summed over the ranks. */
final class Evaluator {
  private final Collective collective;
  private final BatchSource source;
  private final int steps;
  private final boolean classes;
  private final ByteBuffer sums =
      ByteBuffer.allocateDirect(4 * Double.BYTES).order(ByteOrder.nativeOrder());

  /**
   * @param steps batches of the fullest rank
   * @param classes whether targets are class indices
   */
  Evaluator(Collective collective, BatchSource source, int steps, boolean classes) {
    this.collective = collective;
    this.source = source;
    this.steps = steps;
    this.classes = classes;
  }

  Evaluation evaluate(Replica replica) {
    Evaluation.Sums own = Evaluation.Sums.of(replica, source, steps, classes);
    sums.putDouble(0, own.loss());
    sums.putDouble(Double.BYTES, own.weight());
    sums.putDouble(2 * Double.BYTES, (double) own.rows());
    sums.putDouble(3 * Double.BYTES, (double) own.hits());
    collective.sumDoubles(sums, 4);
    return new Evaluation.Sums(
            sums.getDouble(0),
            sums.getDouble(Double.BYTES),
            (long) sums.getDouble(2 * Double.BYTES),
            (long) sums.getDouble(3 * Double.BYTES))
        .mean(classes);
  }
}
