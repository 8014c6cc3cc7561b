package org.millrace.deep.train;

import java.io.Serializable;
import org.millrace.deep.data.Batch;
import org.millrace.deep.data.BatchSource;
import org.millrace.deep.train.Replica.Loss;

/**
 * The network on the validation rows of all ranks.
 *
 * @param loss mean over the rows' weights
 * @param accuracy share of rows whose class is the most probable one, NaN where targets are numbers
 */
public record Evaluation(long rows, double loss, double accuracy) {
  /**
   * What adds up to an evaluation, over batches and ranks.
   *
   * @param loss over the rows, times their weights
   * @param hits rows whose class is the most probable one
   */
  public record Sums(double loss, double weight, long rows, long hits) implements Serializable {
    /**
     * Evaluates one rank's rows.
     *
     * @param classes whether targets are class indices
     */
    public static Sums of(Replica replica, BatchSource source, int steps, boolean classes) {
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
      return new Sums(loss, weight, rows, hits);
    }

    public Sums plus(Sums other) {
      return new Sums(
          loss + other.loss, weight + other.weight, rows + other.rows, hits + other.hits);
    }

    public Evaluation mean(boolean classes) {
      return new Evaluation(rows, loss / weight, classes ? (double) hits / rows : Double.NaN);
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
}
