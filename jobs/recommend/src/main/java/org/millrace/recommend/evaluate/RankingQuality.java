package org.millrace.recommend.evaluate;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.config.Check;
import org.millrace.eval.Metric;
import org.millrace.eval.Split;
import org.millrace.job.GateCheck;
import org.millrace.job.JobRecorder;
import org.millrace.model.Gate;
import org.millrace.model.MeasuredMetric;
import org.millrace.recommend.Lists;
import org.millrace.recommend.Recommender;
import org.millrace.recommend.factor.FactorModel;
import org.millrace.recommend.factor.Popularity;
import org.millrace.recommend.factor.ServedLists;
import org.millrace.recommend.input.Feedback;
import org.millrace.table.KeptTable;

/**
 * How good a recommender's lists are for held-out rows, beside popularity.
 *
 * <p>The train rows are what the model was fitted on, so that nobody is recommended what they had
 * already. Lists are those that {@code recommend.top-k} would publish: a user whom a model does not
 * know gets popular items, whichever model is measured.
 */
public final class RankingQuality implements AutoCloseable {
  /** Recommends everybody the items that most users rated. */
  public static final String POPULARITY = "popularity";

  private final Split split;
  private final List<Integer> ks;
  private final RankingEvaluation evaluation;

  private RankingQuality(Split split, List<Integer> ks, RankingEvaluation evaluation) {
    this.split = split;
    this.ks = List.copyOf(ks);
    this.evaluation = evaluation;
  }

  /**
   * @param ks lengths of lists
   * @param relevantFrom rating from which a held-out item counts; empty for all
   */
  public static RankingQuality of(Split split, List<Integer> ks, Optional<Double> relevantFrom) {
    Dataset<Row> relevant = relevant(split, relevantFrom);
    return new RankingQuality(split, ks, RankingEvaluation.by(relevant, split.train()));
  }

  /**
   * Checks keys of a job's configuration.
   *
   * @param ks lengths of lists, each 1 to 10,000
   * @param measured names of the metrics on which there can be a gate
   */
  public static void check(List<Integer> ks, List<String> measured, Optional<Gate> gate) {
    Check.that(
        !ks.isEmpty() && ks.stream().allMatch(length -> length >= 1 && length <= 10_000),
        "k",
        ks,
        "a list of whole numbers in 1..10000");
    GateCheck.that(gate, measured);
  }

  /**
   * Measures a model and popularity, and tells the report.
   *
   * @param feedback by which items are popular
   */
  public List<MeasuredMetric> told(JobRecorder report, Recommender model, Feedback feedback) {
    List<Metric> ranking = of(model);
    Map<String, Double> popular = ofPopularity(feedback);
    List<MeasuredMetric> measured =
        ranking.stream()
            .map(m -> MeasuredMetric.of(m, Map.of(POPULARITY, popular.get(m.name()))))
            .toList();
    measured.forEach(m -> report.metric(m.metric(), m.baselines()));
    report.chart(RankingCharts.byLength("ndcg", ks, ranking, popular));
    report.chart(RankingCharts.byLength("recall", ks, ranking, popular));
    return measured;
  }

  /** The same where these rows measure one model only: what judges it is not kept. */
  public static List<MeasuredMetric> told(
      JobRecorder report,
      Recommender model,
      Feedback feedback,
      Split split,
      List<Integer> ks,
      Optional<Double> relevantFrom) {
    try (RankingQuality quality = of(split, ks, relevantFrom)) {
      return quality.told(report, model, feedback);
    }
  }

  /** Precision, recall, NDCG, MAP, coverage and novelty at each length. */
  public List<Metric> of(Recommender model) {
    int longest = ks.stream().mapToInt(Integer::intValue).max().orElseThrow();
    Dataset<Row> judged = evaluation.judged().withColumnRenamed("user", "id");
    try (Lists lists =
            ServedLists.of(model, judged, Optional.of(split.train()), Optional.empty(), longest);
        KeptTable rows = KeptTable.of(lists.rows().select("user", "item", "rank"))) {
      List<Metric> metrics = new ArrayList<>(evaluation.accuracy(rows.rows(), ks));
      metrics.addAll(evaluation.reach(rows.rows(), ks));
      return metrics;
    }
  }

  /** The same of the most popular items, by name. */
  public Map<String, Double> ofPopularity(Feedback feedback) {
    try (FactorModel baseline = Popularity.fit(split.train(), feedback)) {
      return of(baseline).stream().collect(Collectors.toMap(Metric::name, Metric::value));
    }
  }

  /** The held-out pairs that a good list contains. */
  public static Dataset<Row> relevant(Split split, Optional<Double> relevantFrom) {
    return relevantFrom
        .map(from -> split.test().filter(col("rating").geq(from)))
        .orElse(split.test())
        .select("user", "item");
  }

  @Override
  public void close() {
    evaluation.close();
  }
}
