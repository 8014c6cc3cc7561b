package org.millrace.deep.dl4j.averaging;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.Repartition;
import org.deeplearning4j.spark.api.WorkerConfiguration;
import org.deeplearning4j.spark.api.worker.NetBroadcastTuple;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingResult;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingAggregationTuple;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingElementAddFunction;
import org.deeplearning4j.spark.impl.paramavg.aggregator.ParameterAveragingElementCombineFunction;
import org.millrace.deep.dl4j.Dl4jEngine;
import org.millrace.deep.train.Replica.Loss;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * DL4J's master for one round at a time, with what it lacks: averages are weighted, broadcasts are
 * destroyed, minibatches fetched ahead, and the steps of a short round counted as they are. Each
 * rank's minibatches come in a partition of their own, so that it neither counts nor splits nor
 * shuffles them.
 */
final class RoundMaster extends ParameterAveragingTrainingMaster {
  private static final int PREFETCH = 2;

  private final Dl4jEngine engine;
  private final long seed;
  private Broadcast<NetBroadcastTuple> handedOut;
  private Round.Outcome outcome;
  private int steps;

  RoundMaster(Dl4jEngine engine, int ranks, int batchSize, int everySteps, long seed) {
    super(
        new Builder(ranks, batchSize)
            .batchSizePerWorker(batchSize)
            .averagingFrequency(everySteps)
            .workerPrefetchNumBatches(PREFETCH)
            .repartionData(Repartition.Never)
            .rddTrainingApproach(RDDTrainingApproach.Export));
    // Where its parameters began is not sent along: they are handed out each round.
    this.engine =
        new Dl4jEngine(
            engine.network(), engine.optimization(), engine.seed(), engine.stepsPerEpoch());
    this.seed = seed;
  }

  /**
   * Leaves the averages in the graph.
   *
   * @param paths a partition a rank
   * @param steps that each rank has taken before
   */
  Round.Outcome run(
      SparkComputationGraph graph, JavaRDD<String> paths, Minibatches minibatches, int steps) {
    this.steps = steps;
    try {
      doIterationPaths(null, graph, paths, 1, 1, batchSizePerWorker, null, minibatches);
      return outcome;
    } finally {
      handedOut.destroy();
    }
  }

  @Override
  public RoundWorker getWorkerInstance(SparkComputationGraph graph) {
    ComputationGraph network = graph.getNetwork();
    handedOut =
        graph
            .getSparkContext()
            .broadcast(
                new NetBroadcastTuple(
                    network.getConfiguration(),
                    network.params(),
                    network.getUpdater().getStateViewArray()));
    WorkerConfiguration configuration =
        new WorkerConfiguration(
            true,
            rddDataSetNumExamples,
            batchSizePerWorker,
            averagingFrequency,
            prefetchNumBatches,
            false);
    return new RoundWorker(handedOut, configuration, engine, seed, steps);
  }

  @Override
  protected void processResults(
      SparkDl4jMultiLayer none,
      SparkComputationGraph graph,
      JavaRDD<ParameterAveragingTrainingResult> results,
      int splitNumber,
      int splits) {
    ParameterAveragingAggregationTuple sum =
        results.treeAggregate(
            null,
            new ParameterAveragingElementAddFunction(),
            new ParameterAveragingElementCombineFunction(),
            aggregationDepth);
    INDArray all = sum.getParametersSum();
    long length = all.length() - RoundWorker.TAIL;
    double weight = all.getDouble(0, length);
    ComputationGraph network = graph.getNetwork();
    INDArray parameters = all.get(NDArrayIndex.all(), NDArrayIndex.interval(0, length)).div(weight);
    network.params().assign(parameters.reshape(network.params().shape()));
    if (sum.getUpdaterStateSum() != null) {
      network.getUpdater().getStateViewArray().assign(sum.getUpdaterStateSum().divi(weight));
    }
    outcome =
        new Round.Outcome(
            new Loss(sum.getScoreSum(), weight),
            Math.round(all.getDouble(0, length + 1)),
            all.getDouble(0, length + 2));
  }
}
