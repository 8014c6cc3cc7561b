package org.millrace.risk.boost;

import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.millrace.outcome.Stop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** A booster in each task of a barrier stage. */
final class Workers {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final ClassTag<Boosted> BOOSTED = ClassTag$.MODULE$.apply(Boosted.class);

  /** Spark does not run a lost barrier stage again by itself. */
  private static final int ATTEMPTS = 3;

  private final SparkContext spark;
  private final int workers;
  private final int threads;

  /**
   * @param threads of each
   */
  Workers(SparkContext spark, int workers, int threads) {
    this.spark = spark;
    this.workers = workers;
    this.threads = threads;
  }

  /**
   * Boosts.
   *
   * @param rows in as many partitions as there are workers
   */
  Boosted train(BoostingPlan plan, JavaRDD<InternalRow> rows, boolean watching) {
    spark.setJobDescription("gradient boosting on %d workers".formatted(workers));
    try {
      for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
        try {
          return attempt(plan, rows, watching);
        } catch (LostWorkers e) {
          LOG.warn("gradient boosting begins again: {}", e.getMessage());
        }
      }
      return attempt(plan, rows, watching);
    } catch (LostWorkers e) {
      throw Stop.failed(
              "gradient boosting lost a worker %d times, the last to: %s; its executors' logs tell"
                  + " why (often memory: raise spark.executor.memoryOverhead)",
              ATTEMPTS, e.getMessage())
          .because(e);
    } finally {
      spark.setJobDescription(null);
    }
  }

  private Boosted attempt(BoostingPlan plan, JavaRDD<InternalRow> rows, boolean watching)
      throws LostWorkers {
    RDD<Boosted> stage =
        rows.rdd()
            .barrier()
            .mapPartitions(new WorkerTask(plan, watching, workers, threads), false, BOOSTED);
    try {
      return JavaRDD.fromRDD(stage, BOOSTED).collect().get(0);
    } catch (Exception e) { // Java does not see that Scala throws SparkException.
      if (e instanceof SparkException) {
        throw new LostWorkers(e);
      }
      throw e;
    }
  }

  /** Its message is the sentence inside Spark's: what the lost task died of. */
  private static final class LostWorkers extends Exception {
    private static final long serialVersionUID = 1L;

    LostWorkers(Exception cause) {
      super(sentence(String.valueOf(cause.getMessage())), cause);
    }

    private static String sentence(String message) {
      String[] lines = message.lines().toArray(String[]::new);
      for (int i = 0; i + 1 < lines.length; i++) {
        if (lines[i].contains("finished unsuccessfully")) {
          return lines[i + 1].strip();
        }
      }
      return lines[0];
    }
  }
}
