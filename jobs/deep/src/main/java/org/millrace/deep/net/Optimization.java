package org.millrace.deep.net;

import java.io.Serializable;
import org.millrace.config.Check;

/**
 * How a network learns.
 *
 * @param l2 half of it times the sum of the squared weights, without biases, is added to the loss
 */
public record Optimization(
    Updater updater,
    LearningRate learningRate,
    Clipping clipping,
    double l2,
    WeightInit weightInit,
    Precision precision)
    implements Serializable {
  public Optimization {
    Check.that(l2 >= 0, "l2", l2, "0 or more");
    Check.that(
        l2 == 0 || !(updater instanceof Updater.AdamW),
        "l2",
        l2,
        "0 with the updater adam-w, which has a decay of its own");
  }
}
