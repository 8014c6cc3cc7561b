package org.millrace.risk.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SeriesIteratorTest {
  private static final StructType SCHEMA =
      new StructType()
          .add("shop", DataTypes.StringType)
          .add("day", DataTypes.LongType)
          .add("sold", DataTypes.DoubleType)
          .add("price", DataTypes.DoubleType);

  private static TimeOptions options(int horizon, Target target, Integer season) {
    return new TimeOptions(
        "day",
        List.of("shop"),
        List.of("sold", "price"),
        horizon == 0 ? List.of(1, 3) : List.of(0, 3),
        List.of(),
        List.of(2),
        List.of(Statistic.MEAN),
        List.of(),
        horizon,
        target,
        new TimeOptions.Naive(Optional.ofNullable(season)));
  }

  private static List<Row> pass(TimeOptions options, List<Row> rows) {
    List<Row> out = new ArrayList<>();
    new SeriesIterator(new SeriesPlan(SCHEMA, options, "sold"), rows.iterator())
        .forEachRemaining(out::add);
    return out;
  }

  private static List<Row> series(String shop, double... sold) {
    List<Row> rows = new ArrayList<>();
    for (int day = 0; day < sold.length; day++) {
      Object value = Double.isNaN(sold[day]) ? null : sold[day];
      rows.add(RowFactory.create(shop, (long) day, value, 100.0 + day));
    }
    return rows;
  }

  private static List<Row> random(String shop, int days, long seed) {
    Random random = new Random(seed);
    double[] sold = new double[days];
    for (int day = 0; day < days; day++) {
      sold[day] = random.nextInt(10) == 0 ? Double.NaN : 1 + random.nextInt(100);
    }
    return series(shop, sold);
  }

  @Test
  void historyIsThatOfTheRowAndTheLabelThatOfTheHorizon() {
    List<Row> rows = pass(options(2, Target.VALUE, 4), series("a", 1, 2, 4, 8, 16, 32));

    // shop, day, sold, price; sold lag 0, lag 3, mean of 2; price the same; sold two days later,
    // its
    // day, last, seasonal, step.
    assertThat(rows.get(3))
        .isEqualTo(
            RowFactory.create(
                "a", 3L, 8.0, 103.0, 8.0, 1.0, 6.0, 103.0, 100.0, 102.5, 32.0, 5L, 8.0, 2.0, 1.0));
    assertThat(rows.get(0))
        .isEqualTo(
            RowFactory.create(
                "a", 0L, 1.0, 100.0, 1.0, null, null, 100.0, null, null, 4.0, 2L, 1.0, null, null));
    assertThat(rows.get(5))
        .as("what is to be told has not come")
        .isEqualTo(
            RowFactory.create(
                "a", 5L, 32.0, 105.0, 32.0, 4.0, 24.0, 105.0, 102.0, 104.5, null, null, 32.0, 8.0,
                1.0));
  }

  @Test
  void withoutAHorizonTheRowsOwnLabelIsToldAndUnknown() {
    List<Row> rows = pass(options(0, Target.VALUE, 2), series("a", 1, 2, 4, 8));

    assertThat(rows.get(3))
        .isEqualTo(
            RowFactory.create(
                "a", 3L, 8.0, 103.0, 4.0, 1.0, 3.0, 102.0, 100.0, 102.5, 8.0, 3L, 4.0, 2.0, 1.0));
  }

  @Test
  void featuresOfTheLabelAreOnTheScaleOfTheTarget() {
    List<Row> ratio = pass(options(1, Target.RATIO, null), series("a", 1, 2, 4, 8, 16));
    List<Row> difference = pass(options(1, Target.DIFFERENCE, null), series("a", 1, 2, 4, 8, 16));

    assertThat(ratio.get(3).getDouble(5)).isEqualTo(1.0 / 8);
    assertThat(ratio.get(3).getDouble(6)).isEqualTo(6.0 / 8);
    assertThat(difference.get(3).getDouble(5)).isEqualTo(1.0 - 8);
    assertThat(ratio.get(3).getDouble(7)).as("the price is not the label").isEqualTo(103);
    assertThat(ratio.get(3).getDouble(10)).as("the label itself").isEqualTo(16);
  }

  @Test
  void everyHorizonAndSeasonAgreesWithLookingTheRowsUp() {
    List<Row> rows = random("a", 60, 3);
    for (int horizon : new int[] {0, 1, 5, 7, 12}) {
      for (Integer season : new Integer[] {null, 1, 5, 7}) {
        List<Row> made = pass(options(horizon, Target.VALUE, season), rows);
        for (int day = 0; day < rows.size(); day++) {
          Row row = made.get(day);
          int known = horizon == 0 ? day - 1 : day;
          assertThat(row.get(10)).isEqualTo(sold(rows, day + horizon));
          assertThat(row.get(12)).isEqualTo(sold(rows, known));
          int seasonal = day + horizon;
          while (season != null && seasonal > known) {
            seasonal -= season;
          }
          assertThat(row.get(13)).isEqualTo(season == null ? null : sold(rows, seasonal));
        }
      }
    }
  }

  private static Object sold(List<Row> rows, int day) {
    return day < 0 || day >= rows.size() ? null : rows.get(day).get(2);
  }

  @Test
  void nothingThatComesLaterOrElsewhereTouchesARow() {
    for (Target target : Target.values()) {
      TimeOptions options = options(3, target, 7);
      List<Row> before = new ArrayList<>(random("a", 40, 1));
      before.addAll(random("b", 40, 2));
      List<Row> changed = new ArrayList<>(random("a", 40, 99));
      changed.addAll(before.subList(40, 60));
      changed.addAll(random("b", 40, 98).subList(20, 40));

      List<Row> one = pass(options, before);
      List<Row> other = pass(options, changed);
      for (int i = 40; i < 60; i++) {
        for (int column = 3; column < 15; column++) {
          if (column != 10 && column != 11) {
            assertThat(other.get(i).get(column)).isEqualTo(one.get(i).get(column));
          }
        }
      }
      assertThat(other.get(57).get(10))
          .as("the label to tell is of a changed row: the change was there to be seen")
          .isNotEqualTo(one.get(57).get(10));
    }
  }

  @Test
  void seriesNeitherMixNorLoseRows() {
    List<Row> rows = new ArrayList<>(series("a", 1));
    rows.addAll(series("b", 5, 6));
    rows.addAll(series("c", 7, 8, 9, 10));

    List<Row> made = pass(options(2, Target.VALUE, null), rows);

    assertThat(made).hasSize(7);
    assertThat(made.stream().map(row -> row.getString(0) + row.get(10)))
        .containsExactly("anull", "bnull", "bnull", "c9.0", "c10.0", "cnull", "cnull");
  }

  @Test
  void distancesAreOnTheScaleOfTheTargetToo() {
    for (Target target : Target.values()) {
      TimeOptions options =
          new TimeOptions(
              "day",
              List.of("shop"),
              List.of(),
              List.of(),
              List.of(2),
              List.of(3),
              List.of(Statistic.DEVIATION, Statistic.MAX),
              List.of(),
              1,
              target,
              new TimeOptions.Naive(Optional.empty()));
      Row row = pass(options, series("a", 1, 4, 7, 10)).get(3);
      double scale = target == Target.RATIO ? 10 : 1;
      assertThat(row.getDouble(4)).as("10 - 4").isEqualTo(6 / scale);
      assertThat(row.getDouble(5)).as("of 4, 7, 10").isEqualTo(3 / scale);
      assertThat(row.getDouble(6)).isEqualTo(target == Target.DIFFERENCE ? 0 : 10 / scale);
    }
  }

  @Test
  void infinitiesAreMissing() {
    List<Row> rows = pass(options(1, Target.VALUE, null), series("a", 1, 1 / 0.0, 3));

    assertThat(rows.get(1).get(4)).isNull();
    assertThat(rows.get(2).get(6)).as("the mean of what is there").isEqualTo(3.0);
  }
}
