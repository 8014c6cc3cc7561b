package org.millrace.bench.recommend;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.millrace.eval.Holdout;
import org.millrace.recommend.evaluate.RankingQuality;
import org.millrace.recommend.factor.Popularity;
import org.millrace.recommend.input.Feedback;
import org.millrace.recommend.input.HeldOut;
import org.millrace.recommend.input.Values;
import org.millrace.recommend.neighbour.NeighbourSearch;
import org.millrace.recommend.neighbour.Neighbours;
import org.millrace.recommend.neighbour.Similarity;
import org.millrace.recommend.sparse.SparseModel;

/** How long similar items take, and how good their lists are; see {@code bench/neighbours.sh}. */
public final class NeighbourSpeed {
  private static final double GOAL_SECONDS = 10;
  private static final int RUNS = 5;

  private NeighbourSpeed() {}

  /** Takes the path of a file with the columns userId, movieId, rating. */
  public static void main(String[] arguments) {
    SparkSession spark = FilmRatings.session("neighbours");
    Dataset<Row> ratings = FilmRatings.cached(spark, arguments[0]);
    System.out.printf(
        "%d ratings of %d users and %d items%n",
        ratings.count(),
        ratings.select("user").distinct().count(),
        ratings.select("item").distinct().count());
    List<Double> seconds = new ArrayList<>();
    for (int run = 0; run <= RUNS; run++) {
      long from = System.nanoTime();
      fit(ratings).close();
      double took = (System.nanoTime() - from) / 1e9;
      System.out.printf("run %d: %.2f s%s%n", run, took, run == 0 ? " (cold)" : "");
      if (run > 0) {
        seconds.add(took);
      }
    }
    Collections.sort(seconds);
    double median = seconds.get(RUNS / 2);
    double gain = gain(ratings);
    System.out.printf("median %.2f s; NDCG@10 is %.2f x popularity%n", median, gain);
    System.out.printf(
        "neighbours ratio=%.2f goal=1.00 quality=%s%n",
        GOAL_SECONDS / median, gain > 1 ? "ok" : "worse");
    spark.stop();
  }

  private static SparseModel fit(Dataset<Row> rows) {
    return new Neighbours(
            Neighbours.Between.ITEMS,
            Values.BINARY,
            new Similarity(50, 2, 10),
            new NeighbourSearch.Exact())
        .fit(rows, Popularity.counts(rows));
  }

  private static double gain(Dataset<Row> ratings) {
    try (HeldOut held = HeldOut.of(ratings, new Holdout.Fraction(0.2, 42));
        SparseModel model = fit(held.train());
        RankingQuality quality = RankingQuality.of(held.split(), List.of(10), Optional.empty())) {
      return FilmRatings.ndcgAt10(quality.of(model))
          / quality.ofPopularity(Feedback.COUNTED).get("ndcg@10");
    }
  }
}
