package org.millrace.deep.train;

import org.apache.spark.SparkContext;

/** A way to train one network on several executors. */
public interface Strategy {
  /**
   * Trains, or goes on from the newest checkpoint in the training's folder.
   *
   * @throws org.millrace.outcome.Stop where the cluster has not the slots, the loss is no number,
   *     or the attempts are used up
   */
  Trained train(SparkContext spark, Training training, TrainingListener listener);
}
