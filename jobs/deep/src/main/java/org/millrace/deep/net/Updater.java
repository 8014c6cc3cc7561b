package org.millrace.deep.net;

import java.io.Serializable;
import org.millrace.config.Check;

/** How a gradient becomes a change of the parameters. */
public sealed interface Updater extends Serializable {
  /** Stochastic gradient descent: the gradient times the learning rate. */
  record Sgd() implements Updater {}

  /** With a momentum that looks ahead (Nesterov, as in Sutskever et al., 2013). */
  record Nesterov(double momentum) implements Updater {
    public Nesterov {
      Check.that(momentum >= 0 && momentum < 1, "momentum", momentum, "0 or more, below 1");
    }
  }

  /**
   * Kingma and Ba, 2015.
   *
   * @param beta1 decay of the mean of the gradients
   * @param beta2 decay of the mean of their squares
   * @param epsilon added to the root of that
   */
  record Adam(double beta1, double beta2, double epsilon) implements Updater {
    public Adam {
      Check.that(beta1 >= 0 && beta1 < 1, "beta1", beta1, "0 or more, below 1");
      Check.that(beta2 >= 0 && beta2 < 1, "beta2", beta2, "0 or more, below 1");
      Check.that(epsilon > 0, "epsilon", epsilon, "above 0");
    }
  }

  /**
   * Adam with the weights' decay beside the gradient and not in it (Loshchilov and Hutter, 2019).
   *
   * @param decay share of its weight that a step takes away, times the learning rate
   */
  record AdamW(double beta1, double beta2, double epsilon, double decay) implements Updater {
    public AdamW {
      Check.that(beta1 >= 0 && beta1 < 1, "beta1", beta1, "0 or more, below 1");
      Check.that(beta2 >= 0 && beta2 < 1, "beta2", beta2, "0 or more, below 1");
      Check.that(epsilon > 0, "epsilon", epsilon, "above 0");
      Check.that(decay >= 0, "decay", decay, "0 or more");
    }
  }

  /**
   * The gradient over the root of the mean of its squares (Tieleman and Hinton, 2012).
   *
   * @param decay of that mean
   */
  record RmsProp(double decay, double epsilon) implements Updater {
    public RmsProp {
      Check.that(decay >= 0 && decay < 1, "decay", decay, "0 or more, below 1");
      Check.that(epsilon > 0, "epsilon", epsilon, "above 0");
    }
  }
}
