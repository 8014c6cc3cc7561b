package org.millrace.recommend.input;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.millrace.recommend.Tables;
import org.millrace.recommend.als.AlsParams;

class FeedbackTest {

  @Test
  void implicitStrengthsOfAPairAreAdded() {
    Dataset<Row> events =
        Tables.ratings(
            Tables.rating("u", "i", 1), Tables.rating("u", "i", 2.5), Tables.rating("u", "j", 1));

    assertThat(
            new Feedback.Implicit(1, Optional.empty()).prepare(events).sort("item").collectAsList())
        .containsExactly(Tables.rating("u", "i", 3.5), Tables.rating("u", "j", 1));
  }

  @Test
  void strengthsHalveWithEachHalfLifeBeforeTheNewestEvent() {
    Dataset<Row> events =
        Tables.ratings(
                Tables.rating("u", "0", 8),
                Tables.rating("u", "10", 8),
                Tables.rating("v", "30", 8),
                Tables.rating("v", "5", 8))
            .selectExpr("*", "timestamp_seconds(1e9 - 86400 * int(item)) as timestamp");
    Feedback feedback = new Feedback.Implicit(1, Optional.of(Duration.ofDays(10)));

    for (Row row : feedback.prepare(events).collectAsList()) {
      double expected = 8 * Math.pow(2, -Integer.parseInt(row.getString(1)) / 10.0);
      assertThat(row.getDouble(2)).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void sumsDoNotDependOnTheOrderOfTheRows() {
    Dataset<Row> events =
        Tables.lowRank(3, 40, 40, 1, 1).withColumn("user", lit("u")).withColumn("item", lit("i"));
    Feedback feedback = new Feedback.Implicit(1, Optional.empty());

    assertThat(feedback.prepare(events.sort("rating").repartition(7)).first())
        .isEqualTo(feedback.prepare(events.coalesce(1)).first());
  }

  @Test
  void explicitRatingsStayAsTheyAre() {
    Dataset<Row> ratings = Tables.ratings(Tables.rating("u", "i", 1), Tables.rating("u", "i", 2));

    assertThat(new Feedback.Explicit(Optional.of(5.0)).prepare(ratings).collectAsList())
        .isEqualTo(ratings.collectAsList());
  }

  @Test
  void refusalsNameTheComponent() {
    assertThatThrownBy(() -> new Feedback.Implicit(0, Optional.empty()))
        .hasMessage("alpha must be above 0 and at most 1e9, was 0.0");
    assertThatThrownBy(() -> new Feedback.Implicit(1, Optional.of(Duration.ZERO)))
        .hasMessage("halfLife must be positive, was PT0S");
    assertThatThrownBy(() -> new Feedback.Explicit(Optional.of(-1.0)))
        .hasMessageStartingWith("biasShrinkage must be");
    assertThatThrownBy(
            () ->
                new Feedback.Implicit(1, Optional.of(Duration.ofDays(1)))
                    .prepare(Tables.ratings(Tables.rating("u", "i", 1))))
        .hasMessageContaining("a half-life needs a column timestamp");
    assertThatThrownBy(() -> new AlsParams(0, 0.1, 1, 1, 1, false))
        .hasMessage("rank must be in 1..1024, was 0");
    assertThatThrownBy(() -> new AlsParams(1, Double.NaN, 1, 1, 1, false))
        .hasMessageStartingWith("regularization");
    assertThatThrownBy(() -> new AlsParams(1, 0.1, 0, 1, 1, false))
        .hasMessageStartingWith("iterations");
    assertThatThrownBy(() -> new AlsParams(1, 0.1, 1, 0, 1, false))
        .hasMessageStartingWith("blocks");
  }
}
