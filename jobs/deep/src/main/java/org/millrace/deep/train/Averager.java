package org.millrace.deep.train;

import java.nio.FloatBuffer;
import org.millrace.deep.train.Replica.Loss;

/** Takes the steps of a rank with the others. */
sealed interface Averager {
  /**
   * Does with a gradient what is to be done: {@link Replica#apply} and the exchange.
   *
   * @param tally of this rank since the ranks were last equal; of all ranks where they are now
   * @param average whether an average must be taken at this step
   * @param checkpointDue see {@link Exchange#sum}
   * @return whether all ranks have the same parameters now
   */
  boolean step(Loss loss, Tally tally, boolean average, boolean checkpointDue);

  /** Whether every rank's {@link Replica#save} writes the same. */
  boolean keepsStatesEqual();

  static Averager of(Averaging averaging, Replica replica, Exchange exchange) {
    if (averaging instanceof Averaging.Parameters parameters) {
      return new OfParameters(replica, exchange, parameters.everySteps());
    }
    return new OfGradients(replica, exchange);
  }

  /** One step of all ranks together. */
  record OfGradients(Replica replica, Exchange exchange) implements Averager {
    @Override
    public boolean step(Loss loss, Tally tally, boolean average, boolean checkpointDue) {
      exchange.sum(replica.gradients(), tally, checkpointDue);
      if (exchange.isFinite() && tally.weight > 0) {
        replica.apply(tally.weight);
      }
      return true;
    }

    @Override
    public boolean keepsStatesEqual() {
      return true;
    }
  }

  /** Each rank by itself, and now and then their average, weighted by the rows of each. */
  final class OfParameters implements Averager {
    private final Replica replica;
    private final Exchange exchange;
    private final int everySteps;
    private int stepsAlone;

    OfParameters(Replica replica, Exchange exchange, int everySteps) {
      this.replica = replica;
      this.exchange = exchange;
      this.everySteps = everySteps;
    }

    @Override
    public boolean step(Loss loss, Tally tally, boolean average, boolean checkpointDue) {
      if (loss.weight() > 0) {
        replica.apply(loss.weight());
      }
      stepsAlone++;
      if (stepsAlone < everySteps && !average) {
        return false;
      }
      stepsAlone = 0;
      FloatBuffer parameters = replica.parameters();
      boolean alone = exchange.isAlone();
      if (!alone) {
        scale(parameters, (float) tally.rows);
      }
      exchange.sum(parameters, tally, checkpointDue);
      if (!alone) {
        scale(parameters, (float) (1.0 / tally.rows));
      }
      return true;
    }

    private static void scale(FloatBuffer numbers, float factor) {
      for (int i = 0; i < numbers.limit(); i++) {
        numbers.put(i, numbers.get(i) * factor);
      }
    }

    @Override
    public boolean keepsStatesEqual() {
      return false;
    }
  }
}
