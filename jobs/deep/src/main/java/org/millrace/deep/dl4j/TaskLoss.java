package org.millrace.deep.dl4j;

import org.millrace.deep.data.Batch;
import org.millrace.deep.net.Task;
import org.millrace.deep.train.Replica.Loss;

/** The loss of what a network says, without what regularization adds. */
final class TaskLoss {
  /** As DL4J's cross-entropy: a class that is held impossible costs 23, not infinitely much. */
  private static final double LEAST_PROBABILITY = 1e-10;

  private TaskLoss() {}

  /**
   * @param said rows x outputs
   */
  static Loss of(Task task, Batch batch, float[][] said) {
    double sum = 0;
    for (int row = 0; row < batch.rows(); row++) {
      sum += batch.weights()[row] * ofRow(task, batch, said[row], row);
    }
    return new Loss(sum, weight(batch));
  }

  static double weight(Batch batch) {
    double weight = 0;
    for (int row = 0; row < batch.rows(); row++) {
      weight += batch.weights()[row];
    }
    return weight;
  }

  private static double ofRow(Task task, Batch batch, float[] said, int row) {
    if (task instanceof Task.Numbers numbers) {
      double sum = 0;
      for (int i = 0; i < said.length; i++) {
        double error = said[i] - batch.targets()[row * said.length + i];
        sum += numbers.loss() == Task.Loss.MSE ? error * error : Math.abs(error);
      }
      return sum / said.length;
    }
    float probability = said[(int) batch.targets()[row]];
    // NaN is passed on, so that training stops.
    return probability < LEAST_PROBABILITY ? -Math.log(LEAST_PROBABILITY) : -Math.log(probability);
  }
}
