package org.millrace.recommend.factor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.millrace.recommend.Lists;
import org.millrace.recommend.Tables;
import org.millrace.recommend.input.Feedback;

class PopularityTest {

  private static final Dataset<Row> TRAIN =
      Tables.ratings(
          Tables.rating("u", "b", 1),
          Tables.rating("v", "b", 1),
          Tables.rating("u", "c", 9),
          Tables.rating("v", "a", 1),
          Tables.rating("w", "a", 1));

  @Test
  void ratingsAreCountedAndTiesFollowTheId() {
    try (FactorModel model = Popularity.fit(TRAIN, new Feedback.Explicit(Optional.empty()));
        Lists lists = TopK.of(model).excluding(TRAIN).lists(2)) {
      assertThat(lists.rows().sort("user", "rank").collectAsList())
          .containsExactly(
              RowFactory.create("u", "a", 1, 2.0),
              RowFactory.create("v", "c", 1, 1.0),
              RowFactory.create("w", "b", 1, 2.0),
              RowFactory.create("w", "c", 2, 1.0));
    }
  }

  @Test
  void behaviourIsAddedUp() {
    try (FactorModel model = Popularity.fit(TRAIN, new Feedback.Implicit(1, Optional.empty()))) {
      assertThat(model.popularity().sort("id").collectAsList())
          .containsExactly(
              RowFactory.create("a", 2.0),
              RowFactory.create("b", 2.0),
              RowFactory.create("c", 9.0));
    }
  }

  @Test
  void strangersGetTheMostPopular() {
    Dataset<Row> strangers = Tables.ratings(Tables.rating("x", "", 0)).selectExpr("user as id");

    try (FactorModel model = Popularity.fit(TRAIN, new Feedback.Explicit(Optional.empty()));
        Lists lists = TopK.of(Popularity.users(strangers), model.items()).lists(1)) {
      assertThat(lists.rows().collectAsList()).containsExactly(RowFactory.create("x", "a", 1, 2.0));
    }
  }
}
