package org.millrace.bench.recommend;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.millrace.eval.Metric;

/** Ratings of films, and what benchmarks on them share. */
final class FilmRatings {
  private FilmRatings() {}

  static SparkSession session(String name) {
    return SparkSession.builder()
        .appName(name)
        .config("spark.sql.shuffle.partitions", 8)
        .getOrCreate();
  }

  /**
   * @param file with the columns userId, movieId, rating, timestamp
   * @return columns user, item, rating, timestamp
   */
  static Dataset<Row> cached(SparkSession spark, String file) {
    return spark
        .read()
        .option("header", true)
        .csv(file)
        .select(
            col("userId").as("user"),
            col("movieId").as("item"),
            col("rating").cast("double"),
            col("timestamp").cast("long").cast("timestamp"))
        .cache();
  }

  static double ndcgAt10(List<Metric> metrics) {
    return metrics.stream()
        .filter(m -> m.name().equals("ndcg@10"))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
