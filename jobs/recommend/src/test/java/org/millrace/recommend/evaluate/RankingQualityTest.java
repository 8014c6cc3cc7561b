package org.millrace.recommend.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.millrace.eval.Metric;
import org.millrace.eval.Split;
import org.millrace.recommend.Tables;
import org.millrace.recommend.factor.FactorModel;
import org.millrace.recommend.factor.Popularity;
import org.millrace.recommend.input.Feedback;
import org.millrace.testing.LocalSpark;

class RankingQualityTest {
  /** Tea is what most have. Of "guest" there is no train row. */
  private static final Split SPLIT =
      new Split(
          Tables.ratings(
              Tables.rating("a", "tea", 1),
              Tables.rating("b", "tea", 1),
              Tables.rating("b", "milk", 1)),
          Tables.ratings(Tables.rating("a", "milk", 1), Tables.rating("guest", "tea", 1)));

  private static FactorModel model(String... users) {
    Dataset<Row> weights = Popularity.counts(SPLIT.train());
    return FactorModel.of(
        Popularity.users(
            LocalSpark.session().createDataset(List.of(users), Encoders.STRING()).toDF("id")),
        Popularity.items(weights),
        weights);
  }

  private static Map<String, Double> byName(List<Metric> metrics) {
    return metrics.stream().collect(Collectors.toMap(Metric::name, Metric::value));
  }

  /** Or a model that knows more users than the train rows would be better for that alone. */
  @Test
  void whomAModelDoesNotKnowGetsPopularItemsWhicheverModelIsMeasured() {
    try (RankingQuality quality = RankingQuality.of(SPLIT, List.of(1), Optional.empty());
        FactorModel all = model("a", "b", "guest");
        FactorModel nobody = model()) {
      Map<String, Double> popular = quality.ofPopularity(Feedback.COUNTED);

      assertThat(popular).containsEntry("recall@1", 1.0);
      assertThat(byName(quality.of(all))).isEqualTo(popular);
      assertThat(byName(quality.of(nobody))).isEqualTo(popular);
    }
  }
}
