package org.millrace.recommend.als;

import static org.apache.spark.sql.functions.col;

import java.util.Optional;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.recommend.factor.FactorModel;
import org.millrace.recommend.factor.Popularity;
import org.millrace.recommend.input.Feedback;
import org.millrace.table.IdIndex;
import org.millrace.table.KeptTable;
import scala.collection.JavaConverters;

/** Matrix factorization by alternating least squares, on Spark MLlib. */
public final class Als {

  private static final int ITERATIONS_BETWEEN_CHECKPOINTS = 10;

  /** Spark's serializer overflows its stack on the lineage of 25; 20 were seen to pass. */
  private static final int MOST_ITERATIONS_WITHOUT_CHECKPOINTS = 15;

  private Als() {}

  /**
   * Fits factors to ratings or behaviour.
   *
   * <p>The same table, parameters and environment give the same factors, bit for bit, on one
   * machine when feedback is explicit or there are no more than two blocks. With more blocks of
   * implicit feedback, or over a network, MLlib adds partial sums in the order in which they
   * arrive, and factors repeat to about the precision of a float. Where the session has a
   * checkpoint directory, the lineage is cut there every ten iterations.
   *
   * @param train columns user, item (string), rating (double) and, for feedback with a half-life,
   *     timestamp; no nulls
   * @return a model that caches until it is closed; its rank is that of the parameters, plus two
   *     when biases are fitted
   * @throws IllegalArgumentException if there are no rows, there are more than 15 iterations and
   *     the Spark context has no checkpoint directory, or biases meet nonnegative factors (what
   *     biases leave unexplained is negative as often as not)
   */
  public static FactorModel fit(Dataset<Row> train, Feedback feedback, AlsParams params) {
    Optional<Double> shrinkage =
        feedback instanceof Feedback.Explicit explicit
            ? explicit.biasShrinkage()
            : Optional.empty();
    if (shrinkage.isPresent() && params.nonnegative()) {
      throw new IllegalArgumentException(
          "nonnegative factors cannot be fitted after biases; leave out one of the two");
    }
    requireShortLineage(train, params);
    Dataset<Row> ratings = feedback.prepare(train);
    try (IdIndex userIndex = IdIndex.of(ratings, "user");
        IdIndex itemIndex = IdIndex.of(ratings, "item");
        KeptTable kept =
            KeptTable.of(itemIndex.encode(userIndex.encode(ratings, "user"), "item"))) {
      if (kept.isEmpty()) {
        throw new IllegalArgumentException("there are no ratings to train on");
      }
      Dataset<Row> indexed = kept.rows();
      Dataset<Row> weights = itemIndex.decode(Popularity.weights(indexed, feedback), "id");
      if (shrinkage.isEmpty()) {
        ALSModel fitted = mllib(feedback, params).fit(inFixedOrder(indexed, params));
        return finish(
            fitted,
            userIndex.decode(fitted.userFactors(), "id"),
            itemIndex.decode(fitted.itemFactors(), "id"),
            weights);
      }
      Biases biases = Biases.fit(indexed, shrinkage.get());
      Dataset<Row> residuals = biases.residuals(indexed);
      ALSModel fitted = mllib(feedback, params).fit(inFixedOrder(residuals, params));
      return finish(
          fitted,
          userIndex.decode(biases.extendUsers(fitted.userFactors()), "id"),
          itemIndex.decode(biases.extendItems(fitted.itemFactors()), "id"),
          weights);
    }
  }

  private static void requireShortLineage(Dataset<Row> train, AlsParams params) {
    if (params.iterations() > MOST_ITERATIONS_WITHOUT_CHECKPOINTS
        && train.sparkSession().sparkContext().getCheckpointDir().isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              "%d iterations need a checkpoint directory on the Spark context; without one at most"
                  + " %d are safe",
              params.iterations(), MOST_ITERATIONS_WITHOUT_CHECKPOINTS));
    }
  }

  private static FactorModel finish(
      ALSModel fitted, Dataset<Row> users, Dataset<Row> items, Dataset<Row> popularity) {
    try {
      return FactorModel.materialized(users, items, popularity);
    } finally {
      release(fitted.userFactors().rdd());
      release(fitted.itemFactors().rdd());
    }
  }

  private static ALS mllib(Feedback feedback, AlsParams params) {
    ALS als =
        new ALS()
            .setRank(params.rank())
            .setRegParam(params.regularization())
            .setMaxIter(params.iterations())
            .setNumBlocks(params.blocks())
            .setSeed(params.seed())
            .setNonnegative(params.nonnegative())
            .setCheckpointInterval(ITERATIONS_BETWEEN_CHECKPOINTS)
            .setIntermediateStorageLevel("MEMORY_AND_DISK")
            .setFinalStorageLevel("MEMORY_AND_DISK");
    return feedback instanceof Feedback.Implicit implicit
        ? als.setImplicitPrefs(true).setAlpha(implicit.alpha())
        : als;
  }

  /**
   * Sums of floats depend on the order of their terms: MLlib keeps the order in which rows come.
   */
  private static Dataset<Row> inFixedOrder(Dataset<Row> ratings, AlsParams params) {
    return ratings
        .repartition(params.blocks(), col("user"))
        .sortWithinPartitions("user", "item", "rating");
  }

  /** MLlib leaves its factors cached and gives no handle: they are the first cached ancestors. */
  private static void release(RDD<?> rdd) {
    if (!rdd.getStorageLevel().equals(StorageLevel.NONE())) {
      rdd.unpersist(false);
      return;
    }
    JavaConverters.seqAsJavaList(rdd.dependencies())
        .forEach(dependency -> release(dependency.rdd()));
  }
}
