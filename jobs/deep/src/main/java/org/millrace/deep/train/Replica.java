package org.millrace.deep.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import org.millrace.deep.data.Batch;

/**
 * One copy of a network in a task: all that a trainer knows of an engine. A step is: {@link
 * #gradient} of this rank's batch, the sum of {@link #gradients()} over the ranks, {@link #apply}.
 *
 * <p>Not safe for use by several threads.
 */
public interface Replica extends AutoCloseable {
  /**
   * Computes the gradient of a batch: {@link #gradients()} then holds the sum over its rows of
   * weight x the derivative of the row's loss, all zeros for a batch without rows.
   *
   * @param seed of what is random in this step on this rank, such as dropout
   */
  Loss gradient(Batch batch, long seed);

  /** A view of the gradients: direct, native order; what is written there is what is applied. */
  FloatBuffer gradients();

  /** A view of the parameters: direct, native order; what is written there takes effect. */
  FloatBuffer parameters();

  /**
   * Updates the parameters: regularization, clipping, learning-rate schedule and updater are of the
   * engine.
   *
   * @param weight of all rows whose gradients are summed, which is what the sum is divided by
   */
  void apply(double weight);

  /** The loss of a batch without dropout and without regularization. */
  Loss evaluate(Batch batch);

  /**
   * What the network says of each row of a batch: probabilities of the classes, or numbers.
   *
   * @return rows x outputs
   */
  float[][] predict(Batch batch);

  /** Writes parameters, the updater's state and its step count: all that {@link #load} needs. */
  void save(OutputStream out) throws IOException;

  void load(InputStream in) throws IOException;

  @Override
  void close();

  /**
   * A loss that adds up over batches and ranks.
   *
   * @param sum over rows of weight x loss
   * @param weight of these rows
   */
  record Loss(double sum, double weight) {
    public double mean() {
      return sum / weight;
    }
  }
}
