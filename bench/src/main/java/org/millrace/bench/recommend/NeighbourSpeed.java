package org.millrace.bench.recommend;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.millrace.eval.Holdout;
import org.millrace.eval.Metric;
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
  private static final Feedback COUNTED = new Feedback.Explicit(Optional.empty());

  private NeighbourSpeed() {}

  /** Takes the path of a file with the columns userId, movieId, rating. */
  public static void main(String[] arguments) {
    SparkSession spark =
        SparkSession.builder()
            .appName("neighbours")
            .config("spark.sql.shuffle.partitions", 8)
            .getOrCreate();
    Dataset<Row> ratings =
        spark
            .read()
            .option("header", true)
            .csv(arguments[0])
            .select(
                col("userId").as("user"),
                col("movieId").as("item"),
                col("rating").cast("double"),
                col("timestamp").cast("long").cast("timestamp"))
            .cache();
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
        .fit(rows, Popularity.weights(COUNTED.prepare(rows), COUNTED));
  }

  private static double gain(Dataset<Row> ratings) {
    try (HeldOut held = HeldOut.of(ratings, new Holdout.Fraction(0.2, 42));
        SparseModel model = fit(held.train())) {
      RankingQuality quality = new RankingQuality(held.split(), List.of(10), Optional.empty());
      double ours =
          quality.of(model).stream()
              .filter(m -> m.name().equals("ndcg@10"))
              .mapToDouble(Metric::value)
              .findFirst()
              .orElseThrow();
      return ours / quality.ofPopularity(COUNTED).get("ndcg@10");
    }
  }
}
