package org.millrace.recommend.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.millrace.eval.Metric;
import org.millrace.recommend.Tables;
import org.millrace.recommend.als.RatingEvaluation;
import org.millrace.recommend.factor.FactorModel;
import org.millrace.testing.LocalSpark;

class EvaluationTest {

  private static Dataset<Row> sql(String query) {
    return LocalSpark.session().sql(query);
  }

  private static Map<String, Double> values(List<Metric> metrics) {
    return metrics.stream().collect(Collectors.toMap(Metric::name, Metric::value));
  }

  private static final String LISTS =
      "select * from values ('u', 'a', 1), ('u', 'b', 2), ('u', 'c', 3), ('v', 'a', 1), ('v', 'd', 2)"
          + " as t(user, item, rank)";

  @Test
  void accuracyAveragesOverUsersWithRelevantItems() {
    // u: hits at ranks 1 and 3 of three relevant items; v has no relevant item; w has no list.
    Dataset<Row> relevant =
        sql(
            "select * from values ('u', 'a'), ('u', 'c'), ('u', 'z'), ('w', 'a'), ('u', 'a') as t(user, item)");
    Map<String, Double> values;
    try (RankingEvaluation evaluation = RankingEvaluation.by(relevant, sql(LISTS))) {
      values = values(evaluation.accuracy(sql(LISTS).repartition(3), List.of(1, 3)));
    }

    double discounted = 1 / (Math.log(4) / Math.log(2));
    double ideal = 1 + Math.log(2) / Math.log(3) + discounted;
    assertThat(values.get("precision@1")).isEqualTo(0.5);
    assertThat(values.get("recall@1")).isCloseTo(1 / 6.0, within(1e-15));
    assertThat(values.get("map@1")).isEqualTo(0.5);
    assertThat(values.get("precision@3")).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(values.get("recall@3")).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(values.get("map@3")).isCloseTo((1 + 2 / 3.0) / 3 / 2, within(1e-15));
    assertThat(values.get("ndcg@3")).isCloseTo((1 + discounted) / ideal / 2, within(1e-15));
  }

  @Test
  void nobodyToJudgeIsNotANumber() {
    Dataset<Row> none = sql("select 'u' as user, 'a' as item").limit(0);

    try (RankingEvaluation evaluation = RankingEvaluation.by(none, sql(LISTS))) {
      assertThat(evaluation.accuracy(sql(LISTS), List.of(2)))
          .isNotEmpty()
          .allSatisfy(metric -> assertThat(metric.value()).isNaN());
    }
  }

  @Test
  void reachCountsItemsAndBits() {
    // Four users: a is with all of them (0 bits), b with two (1 bit), c with one (2 bits).
    Dataset<Row> train =
        sql(
            "select * from values ('u', 'a'), ('v', 'a'), ('w', 'a'), ('x', 'a'), ('u', 'b'), ('v', 'b'),"
                + " ('x', 'c'), ('x', 'c'), ('x', 'e') as t(user, item)");
    Map<String, Double> values;
    try (RankingEvaluation evaluation = RankingEvaluation.by(sql(LISTS), train)) {
      values = values(evaluation.reach(sql(LISTS), List.of(1, 2, 3)));
    }

    assertThat(values.get("coverage@1")).isEqualTo(0.25);
    assertThat(values.get("coverage@3")).isEqualTo(0.75);
    assertThat(values.get("novelty@1")).isEqualTo(0);
    assertThat(values.get("novelty@2")).isCloseTo(1 / 3.0, within(1e-15)); // d is unknown
    assertThat(values.get("novelty@3")).isCloseTo(3 / 4.0, within(1e-15));
  }

  @Test
  void ratingErrorsAndColdPairs() {
    FactorModel model =
        FactorModel.of(
            sql("select 'u' as id, array(float(1), float(2)) as features"),
            sql("select 'i' as id, array(float(0.5), float(1)) as features"),
            sql("select 'i' as id, 1.0D as weight"));
    Dataset<Row> test =
        Tables.ratings(
            Tables.rating("u", "i", 1.5),
            Tables.rating("u", "i", 5.5),
            Tables.rating("u", "new", 1),
            Tables.rating("new", "i", 1));

    RatingEvaluation evaluation = RatingEvaluation.of(model, test);
    assertThat(evaluation.scored()).isEqualTo(2);
    assertThat(evaluation.cold()).isEqualTo(2);
    assertThat(evaluation.mae()).isEqualTo(2);
    assertThat(evaluation.rmse()).isCloseTo(Math.sqrt(5), within(1e-15));
    assertThat(evaluation.metrics()).noneMatch(Metric::higherIsBetter);
  }

  @Test
  void lengthsMustBePositive() {
    try (RankingEvaluation evaluation = RankingEvaluation.by(sql(LISTS), sql(LISTS))) {
      assertThatThrownBy(() -> evaluation.reach(sql(LISTS), List.of(0)))
          .hasMessage("ks must be lengths of at least 1, was [0]");
    }
  }
}
