package org.millrace.deep.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.millrace.deep.data.Batch;
import org.millrace.deep.data.BatchSource;
import org.millrace.deep.train.Replica.Loss;

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
    double loss = 0;
    double weight = 0;
    long rows = 0;
    long hits = 0;
    for (int step = 0; step < steps; step++) {
      Batch batch = source.batch(0, step);
      if (batch.rows() > 0) {
        Loss part = replica.evaluate(batch);
        loss += part.sum();
        weight += part.weight();
        rows += batch.rows();
        hits += classes ? hits(batch, replica.predict(batch)) : 0;
      }
    }
    sums.putDouble(0, loss);
    sums.putDouble(Double.BYTES, weight);
    sums.putDouble(2 * Double.BYTES, (double) rows);
    sums.putDouble(3 * Double.BYTES, (double) hits);
    collective.sumDoubles(sums, 4);
    double allRows = sums.getDouble(2 * Double.BYTES);
    return new Evaluation(
        (long) allRows,
        sums.getDouble(0) / sums.getDouble(Double.BYTES),
        classes ? sums.getDouble(3 * Double.BYTES) / allRows : Double.NaN);
  }

  private static int hits(Batch batch, float[][] probabilities) {
    int hits = 0;
    for (int row = 0; row < batch.rows(); row++) {
      hits += mostProbable(probabilities[row]) == (int) batch.targets()[row] ? 1 : 0;
    }
    return hits;
  }

  private static int mostProbable(float[] probabilities) {
    if (probabilities.length == 1) {
      return probabilities[0] >= 0.5f ? 1 : 0;
    }
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      best = probabilities[i] > probabilities[best] ? i : best;
    }
    return best;
  }
}
