package org.millrace.deep.dl4j.averaging;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.millrace.deep.data.Batches;
import org.millrace.deep.dl4j.Dl4jEngine;
import org.millrace.deep.dl4j.Dl4jReplica;
import org.millrace.deep.train.Engine.Slot;
import org.millrace.deep.train.Evaluation;
import org.millrace.deep.train.Training;
import org.millrace.outcome.Stop;

/** The ranks as the driver sees them: Spark jobs that change the driver's own replica. */
final class Workers implements AutoCloseable {
  private final SparkContext spark;
  private final JavaSparkContext java;
  private final Training training;
  private final Dl4jEngine engine;
  private final Dl4jReplica replica;
  private final SparkComputationGraph graph;
  private final RoundMaster master;
  private final Minibatches minibatches;
  private final String name = UUID.randomUUID().toString();

  Workers(SparkContext spark, Training training, Dl4jEngine engine, int everySteps) {
    Batches batches = training.train();
    this.spark = spark;
    this.java = JavaSparkContext.fromSparkContext(spark);
    this.training = training;
    this.engine = engine;
    this.replica = engine.replica(Slot.CPU);
    this.master =
        new RoundMaster(
            engine, batches.ranks(), batches.batchSize(), everySteps, training.plan().seed());
    this.graph = new SparkComputationGraph(java, replica.graph(), master);
    this.minibatches = new Minibatches(name, batches, engine.network().task());
    spark.addJobTag(name);
  }

  /** The driver's, which holds the averages. */
  Dl4jReplica replica() {
    return replica;
  }

  /**
   * @param steps that each rank has taken before
   */
  Round.Outcome run(Round round, int steps) {
    JavaRDD<String> paths =
        perRank(rank -> round.minibatches(training.train(), rank)).flatMap(List::iterator);
    try {
      Round.Outcome outcome = master.run(graph, paths, minibatches, steps);
      replica.standAt(steps + round.steps());
      return outcome;
    } catch (Exception e) { // Spark's are checked ones, which Scala does not declare.
      throw failed("epoch %d, step %d".formatted(round.epoch(), round.from() + 1), e);
    }
  }

  Evaluation evaluate(Batches validation, byte[] state) {
    RankEvaluation evaluation =
        new RankEvaluation(engine, validation, training.classes(), java.broadcast(state));
    try {
      return perRank(rank -> rank)
          .map(evaluation)
          .reduce(Evaluation.Sums::plus)
          .mean(training.classes());
    } catch (Exception e) { // As above.
      throw failed("an evaluation", e);
    } finally {
      evaluation.state().destroy();
    }
  }

  private <T> JavaRDD<T> perRank(java.util.function.IntFunction<T> of) {
    return java.parallelize(
        new ArrayList<>(IntStream.range(0, training.ranks()).mapToObj(of).toList()),
        training.ranks());
  }

  private Stop failed(String where, Exception e) {
    if (e instanceof Stop stop) {
      return stop;
    }
    spark.cancelJobsWithTag(name);
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return Stop.failed("the training was interrupted; a new start goes on from its checkpoint")
          .because(e);
    }
    return Stop.failed(
            "the training failed in %s: %s; a new start goes on from its checkpoint",
            where, e.getMessage())
        .because(e);
  }

  @Override
  public void close() {
    spark.removeJobTag(name);
    Minibatches.close(name);
    if (!spark.isStopped() && !spark.isLocal()) {
      String training = name;
      perRank(rank -> rank).foreach(rank -> Minibatches.close(training));
    }
    replica.close();
  }
}
