package org.millrace.deep.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.millrace.deep.data.Batch;
import org.millrace.deep.net.Activation;
import org.millrace.deep.net.Clipping;
import org.millrace.deep.net.Decay;
import org.millrace.deep.net.Layer;
import org.millrace.deep.net.LearningRate;
import org.millrace.deep.net.Network;
import org.millrace.deep.net.Optimization;
import org.millrace.deep.net.Precision;
import org.millrace.deep.net.Shape;
import org.millrace.deep.net.Task;
import org.millrace.deep.net.Updater;
import org.millrace.deep.net.WeightInit;
import org.millrace.deep.train.Engine.Slot;
import org.millrace.outcome.Stop;

/** What a step does to the parameters, worked out in plain Java from the summed gradients. */
class StepTest {
  private static final Network LINEAR =
      Samples.list(new Shape.Flat(4), new Task.Classes(3), new Layer.Dense(5, Activation.TANH));

  private static Optimization optimization(
      Updater updater, LearningRate rate, Clipping clipping, double l2) {
    return new Optimization(updater, rate, clipping, l2, WeightInit.XAVIER, Precision.FLOAT);
  }

  private static LearningRate rate(double start) {
    return new LearningRate(start, 0, new Decay.Constant());
  }

  private static double[] copy(FloatBuffer buffer) {
    double[] copy = new double[buffer.capacity()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = buffer.get(i);
    }
    return copy;
  }

  /** The change of each parameter by one step, whose gradients are sums over weight 10. */
  private static double[][] step(Optimization optimization, int steps) {
    try (Dl4jReplica replica = new Dl4jEngine(LINEAR, optimization, 7, 10).replica(Slot.CPU)) {
      double[] before = null;
      double[] gradients = null;
      for (int step = 0; step < steps; step++) {
        replica.gradient(Samples.batch(LINEAR, 8, step), step);
        gradients = copy(replica.gradients());
        before = copy(replica.parameters());
        replica.apply(10);
      }
      return new double[][] {before, gradients, copy(replica.parameters())};
    }
  }

  private static boolean isWeight(int parameter) {
    return parameter < 20 || (parameter >= 25 && parameter < 40); // 4 x 5, 5, 5 x 3, 3.
  }

  @Test
  void theMeanGradientTimesTheRateIsTakenAway() {
    double[][] step = step(optimization(Samples.SGD, rate(0.5), new Clipping.None(), 0), 1);
    for (int i = 0; i < step[0].length; i++) {
      assertThat(step[2][i]).isCloseTo(step[0][i] - 0.5 * step[1][i] / 10, within(1e-6));
    }
  }

  @Test
  void weightsButNotBiasesArePenalizedAndTheLossIsNot() {
    double[][] step = step(optimization(Samples.SGD, rate(0.5), new Clipping.None(), 0.3), 1);
    for (int i = 0; i < step[0].length; i++) {
      double penalty = isWeight(i) ? 0.3 * step[0][i] : 0;
      assertThat(step[2][i])
          .isCloseTo(step[0][i] - 0.5 * (step[1][i] / 10 + penalty), within(1e-6));
    }
    Batch batch = Samples.batch(LINEAR, 8, 3);
    try (Dl4jReplica free =
            new Dl4jEngine(
                    LINEAR, optimization(Samples.SGD, rate(1), new Clipping.None(), 0), 7, 10)
                .replica(Slot.CPU);
        Dl4jReplica penalized =
            new Dl4jEngine(
                    LINEAR, optimization(Samples.SGD, rate(1), new Clipping.None(), 9), 7, 10)
                .replica(Slot.CPU)) {
      double loss = free.gradient(batch, 1).sum();
      assertThat(penalized.gradient(batch, 1).sum()).isCloseTo(loss, within(1e-4));
      assertThat(free.evaluate(batch).sum()).isCloseTo(loss, within(1e-4));
    }
  }

  @Test
  void decayBesideTheGradientShrinksWeights() {
    Updater adam = new Updater.Adam(0.9, 0.999, 1e-8);
    Updater adamW = new Updater.AdamW(0.9, 0.999, 1e-8, 0.1);
    double[][] plain = step(optimization(adam, rate(0.01), new Clipping.None(), 0), 1);
    double[][] decayed = step(optimization(adamW, rate(0.01), new Clipping.None(), 0), 1);
    for (int i = 0; i < plain[0].length; i++) {
      double decay = isWeight(i) ? 0.01 * 0.1 * plain[0][i] : 0;
      assertThat(decayed[2][i]).isCloseTo(plain[2][i] - decay, within(1e-6));
    }
  }

  @Test
  void gradientsAreClippedByTheirCommonNormOrOneByOne() {
    double[][] free = step(optimization(Samples.SGD, rate(1), new Clipping.None(), 0), 1);
    double norm = 0;
    for (double g : free[1]) {
      norm += g * g / 100;
    }
    norm = Math.sqrt(norm);
    double[][] scaled = step(optimization(Samples.SGD, rate(1), new Clipping.Norm(norm / 4), 0), 1);
    double[][] untouched =
        step(optimization(Samples.SGD, rate(1), new Clipping.Norm(norm * 2), 0), 1);
    double[][] cut = step(optimization(Samples.SGD, rate(1), new Clipping.Value(0.02), 0), 1);
    for (int i = 0; i < free[0].length; i++) {
      double mean = free[1][i] / 10;
      assertThat(scaled[2][i]).isCloseTo(free[0][i] - mean / 4, within(1e-6));
      assertThat(untouched[2][i]).isCloseTo(free[0][i] - mean, within(1e-6));
      double limited = Math.max(-0.02, Math.min(0.02, mean));
      assertThat(cut[2][i]).isCloseTo(free[0][i] - limited, within(1e-6));
    }
  }

  @Test
  void theRateFollowsItsScheduleStepByStep() {
    LearningRate rate = new LearningRate(1, 0, new Decay.Steps(0.1, 0.5)); // An epoch is 10 steps.
    double[][] third = step(optimization(Samples.SGD, rate, new Clipping.None(), 0), 3);
    for (int i = 0; i < third[0].length; i++) {
      assertThat(third[2][i]).isCloseTo(third[0][i] - 0.25 * third[1][i] / 10, within(1e-6));
    }
  }

  @Test
  void halfPrecisionIsRefusedOnTheCpu() {
    Optimization half =
        new Optimization(
            Samples.SGD, rate(1), new Clipping.None(), 0, WeightInit.XAVIER, Precision.HALF);
    assertThatThrownBy(() -> step(half, 1))
        .isInstanceOf(Stop.class)
        .hasMessageStartingWith("precision is half: DL4J's CPU kernels are 9 to 50 times slower");
  }

  /** Two ranks of unequal weight: the running values move to the weighted mean of the batches'. */
  @Test
  void runningStatisticsAreAveragedOverRanksByWeight() {
    Network network =
        Samples.list(new Shape.Flat(2), new Task.Classes(2), new Layer.BatchNorm(0.8, 1e-5));
    Optimization clipped = optimization(Samples.SGD, rate(0.1), new Clipping.Norm(1e-3), 0.1);
    Dl4jEngine engine = new Dl4jEngine(network, clipped, 7, 10);
    try (Dl4jReplica one = engine.replica(Slot.CPU);
        Dl4jReplica other = engine.replica(Slot.CPU)) {
      Batch first = Samples.batch(network, 12, 1);
      Batch second = Samples.batch(network, 5, 2);
      double weight = one.gradient(first, 0).weight() + other.gradient(second, 0).weight();
      for (int i = 0; i < one.gradients().capacity(); i++) {
        one.gradients().put(i, one.gradients().get(i) + other.gradients().get(i));
      }
      one.apply(weight);
      var statistics = one.graph().getVertex("batch-norm-1").paramTable(false);
      for (int feature = 0; feature < 2; feature++) {
        double share = TaskLoss.weight(first) / weight;
        double mean = share * mean(first, feature) + (1 - share) * mean(second, feature);
        double variance =
            share * variance(first, feature) + (1 - share) * variance(second, feature);
        assertThat(statistics.get("mean").getDouble(feature)).isCloseTo(0.2 * mean, within(1e-5));
        assertThat(statistics.get("var").getDouble(feature))
            .isCloseTo(0.8 + 0.2 * variance, within(1e-5));
      }
    }
  }

  private static double mean(Batch batch, int feature) {
    double sum = 0;
    for (int row = 0; row < batch.rows(); row++) {
      sum += batch.inputs().get(0).values()[row * 2 + feature];
    }
    return sum / batch.rows();
  }

  private static double variance(Batch batch, int feature) {
    double mean = mean(batch, feature);
    double sum = 0;
    for (int row = 0; row < batch.rows(); row++) {
      sum += Math.pow(batch.inputs().get(0).values()[row * 2 + feature] - mean, 2);
    }
    return sum / batch.rows();
  }
}
