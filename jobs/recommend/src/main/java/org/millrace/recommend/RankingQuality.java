package org.millrace.recommend;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.Metric;
import org.millrace.eval.Split;
import org.millrace.model.MeasuredMetric;

/**
 * How good a recommender's lists are for held-out rows, beside popularity.
 *
 * <p>The train rows are what the model was fitted on, so that nobody is recommended what they had
 * already.
 *
 * @param ks lengths of lists
 * @param relevantFrom rating from which a held-out item counts; empty for all
 */
record RankingQuality(Split split, List<Integer> ks, Optional<Double> relevantFrom) {
  /** Recommends everybody the items that most users rated. */
  static final String POPULARITY = "popularity";

  /** Precision, recall, NDCG, MAP, coverage and novelty at each length. */
  List<Metric> of(Recommender model) {
    int longest = ks.stream().mapToInt(Integer::intValue).max().orElseThrow();
    Dataset<Row> relevant = relevant();
    Dataset<Row> judged = relevant.select(col("user").as("id")).distinct();
    try (Lists lists = model.lists(judged, Optional.of(split.train()), Optional.empty(), longest)) {
      Dataset<Row> rows = lists.rows().cache();
      try {
        List<Metric> metrics = new ArrayList<>(RankingEvaluation.accuracy(rows, relevant, ks));
        metrics.addAll(RankingEvaluation.reach(rows, split.train(), ks));
        return metrics;
      } finally {
        rows.unpersist();
      }
    }
  }

  /** The same of the most popular items, by name. */
  Map<String, Double> ofPopularity(Feedback feedback) {
    try (FactorModel baseline = Popularity.fit(split.train(), feedback)) {
      return of(baseline).stream().collect(Collectors.toMap(Metric::name, Metric::value));
    }
  }

  /** Each metric with that of popularity beside it. */
  static List<MeasuredMetric> beside(List<Metric> ranking, Map<String, Double> popularity) {
    return ranking.stream()
        .map(m -> MeasuredMetric.of(m, Map.of(POPULARITY, popularity.get(m.name()))))
        .toList();
  }

  /** The held-out pairs that a good list contains. */
  private Dataset<Row> relevant() {
    return relevantFrom
        .map(from -> split.test().filter(col("rating").geq(from)))
        .orElse(split.test())
        .select("user", "item");
  }
}
