package org.millrace.deep.dl4j;

import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.graph.ComputationGraphUpdater;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.millrace.deep.net.Clipping;
import org.millrace.deep.net.Optimization;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Makes summed gradients a change of the parameters: their mean, clipped, then L2, updater and
 * learning rate, which are DL4J's.
 */
final class Step {
  private final ComputationGraph graph;
  private final Optimization optimization;
  private final int stepsPerEpoch;
  private final ComputationGraphUpdater updater;
  private final NativeFloats gradients;
  private final RunningStatistics statistics;
  private final Gradient gradient;

  /** Steps done. */
  private int count;

  Step(
      ComputationGraph graph,
      Optimization optimization,
      int stepsPerEpoch,
      NativeFloats gradients,
      RunningStatistics statistics) {
    this.graph = graph;
    this.optimization = optimization;
    this.stepsPerEpoch = stepsPerEpoch;
    this.gradients = gradients;
    this.statistics = statistics;
    this.updater = graph.getUpdater();
    // No map of the layers' parts: DL4J would look at it only for its own clipping.
    this.gradient = new DefaultGradient(gradients.array());
  }

  /**
   * @param weight of the rows that the gradients are sums over
   */
  void take(double weight) {
    INDArray all = gradients.written();
    all.divi(weight);
    clip(all);
    double rate = optimization.learningRate().at(count, stepsPerEpoch);
    for (UpdaterBlock block : updater.getUpdaterBlocks()) {
      IUpdater settings = block.getGradientUpdater().getConfig();
      if (settings.hasLearningRate()) {
        settings.setLrAndSchedule(rate, null);
      }
    }
    updater.update(gradient, count, 0, 1, LayerWorkspaceMgr.noWorkspaces());
    graph.params().subi(all.reshape(graph.params().shape()));
    count++;
    graph.getConfiguration().setIterationCount(count);
  }

  /** Running statistics are no gradients: they neither count nor are they cut. */
  private void clip(INDArray all) {
    if (optimization.clipping() instanceof Clipping.None) {
      return;
    }
    float[] kept = statistics.takeOut(gradients.read());
    gradients.written();
    if (optimization.clipping() instanceof Clipping.Norm norm) {
      double length = all.norm2Number().doubleValue();
      if (length > norm.limit()) {
        all.muli(norm.limit() / length);
      }
    } else if (optimization.clipping() instanceof Clipping.Value value) {
      Nd4j.getExecutioner()
          .exec(
              DynamicCustomOp.builder("clipbyvalue")
                  .addInputs(all)
                  .callInplace(true)
                  .addFloatingPointArguments(-value.limit(), value.limit())
                  .build());
    }
    statistics.putBack(gradients.read(), kept);
    gradients.written();
  }

  int count() {
    return count;
  }

  void count(int steps) {
    this.count = steps;
    graph.getConfiguration().setIterationCount(steps);
  }

  /** Of the updater: moments and the like; null where it has none. */
  INDArray state() {
    return updater.getStateViewArray();
  }
}
