package org.millrace.deep.dl4j.averaging;

import java.io.IOException;
import java.io.ObjectInputStream;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingWorker;
import org.millrace.deep.dl4j.Dl4jEngine;
import org.millrace.deep.dl4j.Dl4jReplica;
import org.millrace.deep.train.Replica.Loss;
import org.millrace.deep.train.Seeds;
import org.millrace.deep.train.TaskSlot;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's worker, with what it lacks: a step is that of our replicas (row weights, clipping,
 * schedule), its chance is seeded, and its result counts by the weight of its rows.
 */
final class RoundWorker extends ParameterAveragingTrainingWorker {
  private static final long serialVersionUID = 1L;

  /** Numbers behind the parameters in a result: weight, rows, seconds. */
  static final int TAIL = 3;

  private final Dl4jEngine engine;
  private final long seed;
  private int steps;
  private transient Dl4jReplica replica;
  private transient long rows;
  private transient double lossSum;
  private transient double weight;
  private transient long beganNanos;

  /**
   * @param engine whose parameters are of no account
   * @param steps that each rank has taken before
   */
  RoundWorker(
      Broadcast<NetBroadcastTuple> broadcast,
      WorkerConfiguration configuration,
      Dl4jEngine engine,
      long seed,
      int steps) {
    super(broadcast, true, configuration, null, null, null);
    this.engine = engine;
    this.seed = seed;
    this.steps = steps;
  }

  /** Before the first array of a task. */
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    TaskContext task = TaskContext.get();
    if (task != null) {
      Dl4jEngine.prepare(TaskSlot.of(task));
    }
  }

  @Override
  public ComputationGraph getInitialModelGraph() {
    beganNanos = System.nanoTime();
    ComputationGraph graph = super.getInitialModelGraph();
    replica = engine.replica(graph);
    replica.standAt(steps);
    rows = 0;
    lossSum = 0;
    weight = 0;
    return graph;
  }

  @Override
  public ParameterAveragingTrainingResult processMinibatch(
      MultiDataSet minibatch, ComputationGraph graph, boolean isLast) {
    Loss loss =
        replica.gradient(minibatch, Seeds.of(seed, 0, steps++, TaskContext.getPartitionId()));
    replica.apply(loss.weight());
    rows += minibatch.getLabels(0).size(0);
    lossSum += loss.sum();
    weight += loss.weight();
    return isLast ? getFinalResult(graph) : null;
  }

  /** Parameters and updater's state times the weight, so that their sum is divided by its sum. */
  @Override
  public ParameterAveragingTrainingResult getFinalResult(ComputationGraph graph) {
    INDArray parameters = graph.params();
    double seconds = (System.nanoTime() - beganNanos) / 1e9;
    INDArray tail =
        Nd4j.createFromArray(new float[][] {{(float) weight, (float) rows, (float) seconds}});
    INDArray sum = Nd4j.concat(1, parameters.reshape(1, parameters.length()).mul(weight), tail);
    INDArray state = graph.getUpdater().getStateViewArray();
    ParameterAveragingTrainingResult result =
        new ParameterAveragingTrainingResult(
            sum, state == null ? null : state.mul(weight), lossSum, null, null, null);
    replica.close();
    return result;
  }
}
