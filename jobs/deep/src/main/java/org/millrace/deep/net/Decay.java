package org.millrace.deep.net;

import java.io.Serializable;
import org.millrace.config.Check;

/** How the learning rate changes while training. */
public sealed interface Decay extends Serializable {
  /**
   * What the learning rate is multiplied by.
   *
   * @param epochs that are over, with the done share of the running one
   */
  double factor(double epochs);

  /** It stays. */
  record Constant() implements Decay {
    @Override
    public double factor(double epochs) {
      return 1;
    }
  }

  /** Times {@code factor} after each {@code every} epochs. */
  record Steps(double every, double by) implements Decay {
    public Steps {
      Check.that(every > 0, "every", every, "above 0 epochs");
      Check.that(by > 0 && by <= 1, "by", by, "above 0, up to 1");
    }

    @Override
    public double factor(double epochs) {
      return Math.pow(by, Math.floor(epochs / every));
    }
  }

  /** Times {@code by} an epoch, smoothly. */
  record Exponential(double by) implements Decay {
    public Exponential {
      Check.that(by > 0 && by <= 1, "by", by, "above 0, up to 1");
    }

    @Override
    public double factor(double epochs) {
      return Math.pow(by, epochs);
    }
  }

  /** Half a cosine from 1 to {@code floor}, which it keeps (Loshchilov and Hutter, 2017). */
  record Cosine(double epochs, double floor) implements Decay {
    public Cosine {
      Check.that(epochs > 0, "epochs", epochs, "above 0");
      Check.that(floor >= 0 && floor <= 1, "floor", floor, "0 to 1");
    }

    @Override
    public double factor(double epochs) {
      double done = Math.min(1, epochs / this.epochs);
      return floor + (1 - floor) * (1 + Math.cos(Math.PI * done)) / 2;
    }
  }

  /** A power of the share of the epochs that is left. */
  record Polynomial(double epochs, double power) implements Decay {
    public Polynomial {
      Check.that(epochs > 0, "epochs", epochs, "above 0");
      Check.that(power > 0, "power", power, "above 0");
    }

    @Override
    public double factor(double epochs) {
      return Math.pow(1 - Math.min(1, epochs / this.epochs), power);
    }
  }
}
