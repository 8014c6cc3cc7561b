package org.millrace.risk.boost;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.Optional;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.outcome.Stop;
import org.millrace.risk.learn.Examples;
import org.millrace.table.InternalRows;

/**
 * Gradient boosting by XGBoost's native library, fed and started by us. Where executors are threads
 * of the driver, all of them pack rows into one table and one booster uses all cores: nothing is
 * shuffled, and nothing is summed over sockets. On a cluster a barrier stage has a booster in each
 * task, and histograms are summed by XGBoost's collective.
 *
 * <p>The same rows in the same order and partitions, on as many workers and threads, give the same
 * model to the last bit.
 */
public final class Trainer {
  private final SparkContext spark;

  public Trainer(SparkContext spark) {
    this.spark = spark;
  }

  /**
   * Boosts.
   *
   * @param validation rows that tell when to stop
   */
  public Boosted train(BoostingPlan plan, Dataset<Row> train, Optional<Dataset<Row>> validation) {
    Dataset<Row> learnt = marked(train, false);
    Dataset<Row> rows = validation.map(v -> learnt.union(marked(v, true))).orElse(learnt);
    if (spark.isLocal()) {
      return here(plan, rows, validation.isPresent());
    }
    int threads = spark.conf().getInt("spark.task.cpus", 1);
    int slots = Math.max(1, spark.defaultParallelism() / threads);
    int workers = Math.min(slots, Math.max(1, train.rdd().getNumPartitions()));
    return new Workers(spark, workers, threads)
        .train(plan, InternalRows.of(divided(rows, workers)), validation.isPresent());
  }

  static Dataset<Row> marked(Dataset<Row> rows, boolean watched) {
    return rows.select(
        col(Examples.FEATURES),
        col(Examples.LABEL),
        col(Examples.WEIGHT),
        lit(watched),
        col(Examples.ID));
  }

  /** Each row is with the same worker in the same order, whatever order they come in. */
  static Dataset<Row> divided(Dataset<Row> rows, int workers) {
    return rows.repartition(workers, col(Examples.ID)).sortWithinPartitions(Examples.ID);
  }

  private Boosted here(BoostingPlan plan, Dataset<Row> rows, boolean watching) {
    try {
      return Packs.boost(
          Gathering.of(InternalRows.of(rows), plan.width()),
          plan,
          watching,
          spark.defaultParallelism());
    } catch (XGBoostError e) {
      throw refused(e.getMessage()).because(e);
    }
  }

  /** What the library refuses, it refuses for what it was given. */
  static Stop refused(String reason) {
    return Stop.contract(
        "XGBoost cannot learn from these rows or with these parameters: %s",
        reason.lines().findFirst().orElse("it does not say why"));
  }
}
