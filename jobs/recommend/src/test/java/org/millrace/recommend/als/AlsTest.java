package org.millrace.recommend.als;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.millrace.eval.Holdout;
import org.millrace.eval.Roles;
import org.millrace.eval.Split;
import org.millrace.recommend.Lists;
import org.millrace.recommend.Tables;
import org.millrace.recommend.evaluate.RankingEvaluation;
import org.millrace.recommend.factor.FactorModel;
import org.millrace.recommend.factor.Popularity;
import org.millrace.recommend.factor.TopK;
import org.millrace.recommend.input.Feedback;
import org.millrace.testing.LocalSpark;

class AlsTest {

  private static final Roles KEYS = Roles.of(List.of("user", "item"));
  private static final Feedback FACTORS_ONLY = new Feedback.Explicit(Optional.empty());
  private static final Feedback WITH_BIASES = new Feedback.Explicit(Optional.of(5.0));
  private static final Feedback BEHAVIOUR = new Feedback.Implicit(1, Optional.empty());

  private static AlsParams params(int rank, double regularization) {
    return new AlsParams(rank, regularization, 10, 2, 7, false);
  }

  private static double rmse(Split split, Feedback feedback, AlsParams params) {
    try (FactorModel model = Als.fit(split.train(), feedback, params)) {
      return RatingEvaluation.of(model, split.test()).rmse();
    }
  }

  private static double rmseOfMllib(Split split, AlsParams params) {
    Dataset<Row> train = split.train().selectExpr("int(user) user", "int(item) item", "rating");
    Dataset<Row> test = split.test().selectExpr("int(user) user", "int(item) item", "rating");
    return Math.sqrt(
        new ALS()
            .setRank(params.rank())
            .setRegParam(params.regularization())
            .setMaxIter(params.iterations())
            .setNumBlocks(params.blocks())
            .setSeed(params.seed())
            .setColdStartStrategy("drop")
            .fit(train)
            .transform(test)
            .selectExpr("avg(pow(prediction - rating, 2))")
            .first()
            .getDouble(0));
  }

  @Test
  void recoversPlantedFactorsNearTheNoise() {
    Split split = new Holdout.Fraction(0.2, 1).split(Tables.lowRank(1, 100, 90, 0.6, 0.1), KEYS);

    assertThat(rmse(split, WITH_BIASES, params(5, 0.01))).isBetween(0.09, 0.15);
    assertThat(rmse(split, FACTORS_ONLY, params(5, 0.01))).isBetween(0.09, 0.15);
  }

  @Test
  void isBitForBitTheSameOnASecondRunAndForAnyPartitionsOfTheInput() {
    Dataset<Row> ratings = Tables.lowRank(2, 40, 30, 0.5, 0.3);
    AlsParams few = new AlsParams(6, 0.05, 4, 2, 7, false);
    Dataset<Row> moved = ratings.sort("rating").repartition(5);

    for (Feedback feedback : List.of(WITH_BIASES, BEHAVIOUR)) {
      try (FactorModel one = Als.fit(ratings, feedback, few);
          FactorModel two = Als.fit(moved, feedback, few)) {
        assertThat(two.users().sort("id").collectAsList())
            .isEqualTo(one.users().sort("id").collectAsList());
        assertThat(two.items().sort("id").collectAsList())
            .isEqualTo(one.items().sort("id").collectAsList());
        assertThat(two.popularity().sort("id").collectAsList())
            .isEqualTo(one.popularity().sort("id").collectAsList());
      }
    }
  }

  @Test
  void anotherSeedGivesOtherFactors() {
    Dataset<Row> ratings = Tables.lowRank(2, 30, 20, 0.5, 0.3);

    try (FactorModel one = Als.fit(ratings, FACTORS_ONLY, new AlsParams(2, 0.05, 2, 2, 7, false));
        FactorModel two = Als.fit(ratings, FACTORS_ONLY, new AlsParams(2, 0.05, 2, 2, 8, false))) {
      assertThat(two.users().sort("id").collectAsList())
          .isNotEqualTo(one.users().sort("id").collectAsList());
    }
  }

  @Test
  void withoutBiasesTheScoresAreThoseOfMllib() {
    Dataset<Row> ratings = // ids of which the order is that of their numbers
        Tables.lowRank(4, 60, 50, 0.5, 0.3)
            .selectExpr(
                "lpad(substr(user, 2), 2, '0') as user",
                "lpad(substr(item, 2), 2, '0') as item",
                "rating");
    Split split = new Holdout.Fraction(0.3, 1).split(ratings, KEYS);

    assertThat(rmse(split, FACTORS_ONLY, params(5, 0.02)))
        .isCloseTo(rmseOfMllib(split, params(5, 0.02)), within(1e-4));
  }

  @Test
  void nonnegativeFactorsAreNonnegative() {
    AlsParams nonnegative = new AlsParams(3, 0.05, 5, 2, 7, true);
    Dataset<Row> ratings = Tables.lowRank(2, 30, 20, 0.5, 0.3);

    try (FactorModel model = Als.fit(ratings, FACTORS_ONLY, nonnegative)) {
      assertThat(model.users().union(model.items()).filter("array_min(features) < 0").count())
          .isZero();
    }
    assertThatThrownBy(() -> Als.fit(ratings, WITH_BIASES, nonnegative))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("after biases");
  }

  @Test
  void lineagesThatOverflowTheStackAreRefused() {
    AlsParams many = new AlsParams(2, 0.1, 16, 2, 7, false);

    assertThatThrownBy(() -> Als.fit(Tables.lowRank(2, 5, 5, 1, 0.3), WITH_BIASES, many))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("16 iterations need a checkpoint directory");
  }

  @Test
  void noRatingsAreRefused() {
    Dataset<Row> none = Tables.ratings(List.of());

    assertThatThrownBy(() -> Als.fit(none, WITH_BIASES, params(2, 0.1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are no ratings to train on");
  }

  @Test
  void releasesWhatItCached() {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    var before = spark.getPersistentRDDs().keySet();
    try (FactorModel model =
        Als.fit(Tables.lowRank(2, 30, 20, 0.5, 0.3), WITH_BIASES, params(2, 0.1))) {
      assertThat(model.users().count()).isEqualTo(30);
    }

    assertThat(spark.getPersistentRDDs().keySet()).isEqualTo(before);
  }

  @Test
  void filmRatingsArePredictedBetterThanByMllib() {
    Split split = new Holdout.Fraction(0.2, 1).split(Tables.films(), KEYS);
    double ours = rmse(split, WITH_BIASES, params(16, 0.15));

    assertThat(ours).isLessThanOrEqualTo(0.90);
    assertThat(ours).isLessThanOrEqualTo(1.01 * rmseOfMllib(split, params(16, 0.15)));
  }

  @Test
  void filmBehaviourIsRankedBetterThanByPopularity() {
    Split split = new Holdout.Fraction(0.2, 1).split(Tables.films(), KEYS);

    try (FactorModel personal = Als.fit(split.train(), BEHAVIOUR, params(16, 0.1));
        FactorModel popular = Popularity.fit(split.train(), BEHAVIOUR)) {
      assertThat(ndcg(personal, split)).isGreaterThan(1.2 * ndcg(popular, split));
    }
  }

  private static double ndcg(FactorModel model, Split split) {
    try (Lists lists = TopK.of(model).excluding(split.train()).lists(10);
        RankingEvaluation evaluation = RankingEvaluation.by(split.test(), split.train())) {
      return evaluation.accuracy(lists.rows(), List.of(10)).get(2).value();
    }
  }
}
