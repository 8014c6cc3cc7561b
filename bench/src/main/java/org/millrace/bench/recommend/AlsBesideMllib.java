package org.millrace.bench.recommend;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.millrace.eval.Holdout;
import org.millrace.eval.Roles;
import org.millrace.eval.Split;
import org.millrace.recommend.Lists;
import org.millrace.recommend.als.Als;
import org.millrace.recommend.als.AlsParams;
import org.millrace.recommend.als.RatingEvaluation;
import org.millrace.recommend.evaluate.RankingQuality;
import org.millrace.recommend.factor.FactorModel;
import org.millrace.recommend.factor.Popularity;
import org.millrace.recommend.factor.TopK;
import org.millrace.recommend.input.Feedback;

/** Our recommender and MLlib's, side by side in one process; see {@code bench/als-mllib.sh}. */
public final class AlsBesideMllib {
  private static final int RANK = 32;
  private static final double REGULARIZATION = 0.15;
  private static final int ITERATIONS = 10;
  private static final int RUNS = 5;
  private static final int COPIES = 30;

  private AlsBesideMllib() {}

  /** Takes the path of a file with the columns userId, movieId, rating. */
  public static void main(String[] arguments) {
    SparkSession spark = FilmRatings.session("als-mllib");
    Dataset<Row> ratings = FilmRatings.cached(spark, arguments[0]);
    double worst = 0;
    boolean below = true;
    for (long seed = 1; seed <= RUNS; seed++) {
      Split split = split(ratings, seed);
      double ours = ours(split);
      double mllib = mllib(split);
      worst = Math.max(worst, ours / mllib);
      below &= ours <= 0.90;
      System.out.printf("split %d: RMSE ours %.4f, MLlib %.4f%n", seed, ours, mllib);
    }
    double gain = implicitGain(split(ratings, 1));
    System.out.printf("implicit: NDCG@10 is %.2f x popularity%n", gain);
    double speed = topK(split(ratings, 1));
    boolean sound = below && worst <= 1.01 && gain >= 1.2;
    System.out.printf("als-mllib ratio=%.2f goal=1.00 quality=%s%n", speed, sound ? "ok" : "worse");
    spark.stop();
  }

  private static Split split(Dataset<Row> ratings, long seed) {
    Split split = new Holdout.Fraction(0.2, seed).split(ratings, Roles.of(List.of("user", "item")));
    return new Split(split.train().cache(), split.test().cache());
  }

  private static AlsParams params() {
    return new AlsParams(RANK, REGULARIZATION, ITERATIONS, 2, 7, false);
  }

  /** As the job chooses: with or without biases, by an inner holdout. */
  private static double ours(Split split) {
    Split inner =
        new Holdout.Fraction(0.2, 99).split(split.train(), Roles.of(List.of("user", "item")));
    Feedback best = null;
    double least = Double.POSITIVE_INFINITY;
    for (Feedback feedback :
        List.of(new Feedback.Explicit(Optional.empty()), new Feedback.Explicit(Optional.of(5.0)))) {
      try (FactorModel model = Als.fit(inner.train(), feedback, params())) {
        double rmse = RatingEvaluation.of(model, inner.test()).rmse();
        if (rmse < least) {
          least = rmse;
          best = feedback;
        }
      }
    }
    try (FactorModel model = Als.fit(split.train(), best, params())) {
      return RatingEvaluation.of(model, split.test()).rmse();
    }
  }

  private static double mllib(Split split) {
    return new RegressionEvaluator()
        .setMetricName("rmse")
        .setLabelCol("rating")
        .evaluate(fitMllib(ids(split.train()), ITERATIONS).transform(ids(split.test())));
  }

  private static ALSModel fitMllib(Dataset<Row> train, int iterations) {
    return new ALS()
        .setUserCol("user")
        .setItemCol("item")
        .setRank(RANK)
        .setRegParam(REGULARIZATION)
        .setMaxIter(iterations)
        .setNumBlocks(2)
        .setSeed(7)
        .setColdStartStrategy("drop")
        .fit(train);
  }

  private static Dataset<Row> copies(Dataset<Row> rows) {
    return ids(rows)
        .crossJoin(rows.sparkSession().range(COPIES).select(col("id").cast("int").as("copy")))
        .select(
            col("user").multiply(COPIES).plus(col("copy")).as("user"), col("item"), col("rating"));
  }

  private static Dataset<Row> ids(Dataset<Row> rows) {
    return rows.select(col("user").cast("int"), col("item").cast("int"), col("rating"));
  }

  private static double implicitGain(Split split) {
    Feedback feedback = new Feedback.Implicit(1.0, Optional.empty());
    AlsParams params = new AlsParams(RANK, 0.1, ITERATIONS, 2, 7, false);
    try (RankingQuality quality = RankingQuality.of(split, List.of(10), Optional.empty());
        FactorModel model = Als.fit(split.train(), feedback, params);
        FactorModel popular = Popularity.fit(split.train(), feedback)) {
      return FilmRatings.ndcgAt10(quality.of(model)) / FilmRatings.ndcgAt10(quality.of(popular));
    }
  }

  /** Time of all lists by recommendForAllUsers over ours, the same factors: the median of pairs. */
  private static double topK(Split split) {
    // Copies of the users: enough work that what is measured is the lists and not the planning.
    ALSModel mllib = fitMllib(copies(split.train()), 2);
    Dataset<Row> users = strings(mllib.userFactors());
    Dataset<Row> items = strings(mllib.itemFactors());
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i <= RUNS; i++) {
      long from = System.nanoTime();
      mllib.recommendForAllUsers(10).write().format("noop").mode("overwrite").save();
      long between = System.nanoTime();
      try (Lists lists = TopK.of(users, items).lists(10)) {
        lists.rows().write().format("noop").mode("overwrite").save();
      }
      long to = System.nanoTime();
      if (i > 0) { // The first pair warms up.
        ratios.add((between - from) / (double) (to - between));
      }
    }
    ratios.sort(null);
    System.out.printf(
        "top-10 of %d users among %d items: recommendForAllUsers / ours, medians of %d pairs: %.2f (%s)%n",
        users.count(),
        items.count(),
        RUNS,
        ratios.get(RUNS / 2),
        dev.ludovic.netlib.blas.BLAS.getInstance().getClass().getSimpleName());
    return ratios.get(RUNS / 2);
  }

  private static Dataset<Row> strings(Dataset<Row> factors) {
    return factors.select(col("id").cast("string"), col("features")).cache();
  }
}
