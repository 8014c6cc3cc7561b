package org.millrace.eval;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.millrace.testing.LocalSpark;

class HoldoutTest {

  private static final Roles KEYS = Roles.of(List.of("user", "item"));
  private static final Roles TIMED = Roles.of(List.of("user", "item"), "at");

  /** User u has u rows, at times 1..u, each for the item of that time. */
  private static Dataset<Row> histories(int users) {
    return LocalSpark.session()
        .range(1, users + 1)
        .selectExpr("concat('u', id) as user", "explode(sequence(1, id)) as time")
        .selectExpr(
            "user", "concat('i', lpad(time, 4, '0')) as item", "timestamp_seconds(time) as at");
  }

  private static List<String> keys(Dataset<Row> rows) {
    return rows.selectExpr("concat_ws('/', user, item) as key")
        .sort("key")
        .as(Encoders.STRING())
        .collectAsList();
  }

  @Test
  void fractionTakesItsShareAndDoesNotDependOnOrderOrPartitions() {
    Dataset<Row> rows = histories(150);
    Split split = new Holdout.Fraction(0.2, 7).split(rows, KEYS);
    Split shuffled =
        new Holdout.Fraction(0.2, 7).split(rows.repartition(7).sort(col("item").desc()), KEYS);

    assertThat(split.test().count() / (double) rows.count()).isCloseTo(0.2, within(0.02));
    assertThat(keys(shuffled.test())).isEqualTo(keys(split.test()));
    assertThat(keys(split.train().union(split.test()))).isEqualTo(keys(rows));
  }

  @Test
  void anotherSeedGivesAnIndependentFraction() {
    Dataset<Row> rows = histories(150);
    Dataset<Row> one = new Holdout.Fraction(0.5, 1).split(rows, KEYS).test();
    Dataset<Row> two = new Holdout.Fraction(0.5, 2).split(rows, KEYS).test();

    assertThat(one.intersect(two).count() / (double) rows.count()).isCloseTo(0.25, within(0.02));
  }

  @Test
  void byTimeTakesExactlyTheNewestRows() {
    Dataset<Row> rows =
        LocalSpark.session()
            .range(1000)
            .selectExpr(
                "concat('u', id % 10) as user",
                "concat('i', id) as item", "timestamp_seconds((id * 7919) % 1000) as at");
    Split split = new Holdout.ByTime(0.25).split(rows.repartition(5), TIMED);

    assertThat(split.train().count()).isEqualTo(750);
    assertThat(split.test().filter("unix_timestamp(at) < 750").count()).isZero();
    assertThat(split.test().count()).isEqualTo(250);
  }

  @Test
  void byTimeKeepsTheMomentOfTheCutOnTheTrainSide() {
    Dataset<Row> rows = histories(20); // 20 rows at time 1, one at time 20
    Split split = new Holdout.ByTime(0.1).split(rows, TIMED);

    long newestTrain = split.train().selectExpr("max(unix_timestamp(at))").first().getLong(0);
    long oldestTest = split.test().selectExpr("min(unix_timestamp(at))").first().getLong(0);
    assertThat(oldestTest).isGreaterThan(newestTrain);
    assertThat(split.test().count()).isBetween(1L, 21L);
    assertThat(split.train().count() + split.test().count()).isEqualTo(210);
  }

  @Test
  void byTimeOfOneMomentHoldsNothingOutAndLosesNothing() {
    Dataset<Row> rows = histories(5).withColumn("at", lit(3));
    Split split = new Holdout.ByTime(0.5).split(rows, TIMED);

    assertThat(split.test().count()).isZero();
    assertThat(split.train().count()).isEqualTo(15);
  }

  @Test
  void rowsWithoutATimeAreTrained() {
    Dataset<Row> rows = histories(10).withColumn("at", lit(null).cast("timestamp"));

    assertThat(new Holdout.ByTime(0.5).split(rows, TIMED).train().count()).isEqualTo(55);
    assertThat(
            new Holdout.ByTime(0.5).split(histories(10).unionByName(rows), TIMED).train().count())
        .isGreaterThanOrEqualTo(55 + 27);
  }

  @Test
  void lastRowsOfEachUserAreHeldOutUnlessThatIsAll() {
    Split split = new Holdout.LastN(2).split(histories(4), TIMED);

    assertThat(keys(split.test())).containsExactly("u3/i0002", "u3/i0003", "u4/i0003", "u4/i0004");
    assertThat(keys(split.train()))
        .containsExactly("u1/i0001", "u2/i0001", "u2/i0002", "u3/i0001", "u4/i0001", "u4/i0002");
    assertThat(split.test().columns()).containsExactly("user", "item", "at");
  }

  @Test
  void lastRowsBreakTiesByTheItem() {
    Dataset<Row> rows = histories(3).withColumn("at", lit(1));

    assertThat(keys(new Holdout.LastN(1).split(rows, TIMED).test()))
        .isEqualTo(keys(new Holdout.LastN(1).split(rows.repartition(3), TIMED).test()))
        .containsExactly("u2/i0002", "u3/i0003");
  }

  @Test
  void lastRowsSurviveColumnsOfAnyName() {
    Dataset<Row> rows = histories(3).withColumn("age", lit(1)).withColumn("length", lit(2));

    assertThat(new Holdout.LastN(1).split(rows, TIMED).test().columns())
        .containsExactly("user", "item", "at", "age", "length");
  }

  @Test
  void namesOfColumnsMayHoldDotsAndBackticks() {
    Dataset<Row> rows = histories(3).toDF("the.user", "it`em", "at all.times");
    Roles roles = Roles.of(List.of("the.user", "it`em"), "at all.times");

    for (Holdout holdout :
        List.of(new Holdout.Fraction(0.5, 1), new Holdout.ByTime(0.3), new Holdout.LastN(1))) {
      Split split = holdout.split(rows, roles);
      assertThat(split.train().count() + split.test().count()).as(holdout.describe()).isEqualTo(6);
      assertThat(split.test().columns()).containsExactly(rows.columns());
    }
  }

  @Test
  void refusalsNameTheComponent() {
    assertThatThrownBy(() -> new Holdout.Fraction(1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("share must lie between 0 and 1, was 1.0");
    assertThatThrownBy(() -> new Holdout.ByTime(Double.NaN)).hasMessageContaining("share");
    assertThatThrownBy(() -> new Holdout.LastN(0)).hasMessage("rows must be at least 1, was 0");
    assertThatThrownBy(() -> new Holdout.ByTime(0.1).split(histories(2), KEYS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a time column");
    assertThatThrownBy(() -> new Holdout.LastN(1).split(histories(2), KEYS))
        .hasMessageContaining("needs a time column");
    assertThatThrownBy(
            () -> new Holdout.LastN(1).split(histories(2), Roles.of(List.of("user"), "when")))
        .hasMessageContaining("column when is absent");
  }

  @Test
  void sentencesForTheModelCard() {
    assertThat(new Holdout.Fraction(0.2, 7).describe())
        .isEqualTo(
            "Held out: a random 20 % of the rows, chosen by a hash of their keys and the seed 7.");
    assertThat(new Holdout.ByTime(0.125).describe())
        .isEqualTo("Held out: the newest 12.5 % of the rows by time.");
    assertThat(new Holdout.LastN(1).describe()).startsWith("Held out: the last 1 row of each");
  }
}
