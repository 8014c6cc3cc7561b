package org.millrace.risk.time;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.millrace.outcome.Stop;
import org.millrace.testing.LocalSpark;

class TimeFeaturesTest {

  private static Dataset<Row> sales() {
    return LocalSpark.session()
        .range(600)
        .selectExpr(
            "concat('s', id % 3) as shop",
            "timestamp_seconds(3600 * (id div 3)) as hour",
            "cast(pmod(hash(id), 100) as int) as sold",
            "if(id % 2 = 0, 'yes', 'no') as open");
  }

  private static TimeOptions options(List<String> keys, List<String> columns, int... lags) {
    return new TimeOptions(
        "hour",
        keys,
        columns,
        java.util.stream.IntStream.of(lags).boxed().toList(),
        List.of(),
        List.of(24),
        List.of(Statistic.MEAN),
        List.of(),
        1,
        Target.VALUE,
        new TimeOptions.Naive(Optional.of(24)));
  }

  private static List<String> shown(Dataset<Row> rows) {
    return rows.sort("shop", "hour").collectAsList().stream().map(Row::toString).toList();
  }

  @Test
  void orderAndPartitionsOfTheRowsDoNotMatter() {
    TimeFeatures features = new TimeFeatures(options(List.of("shop"), List.of(), 0, 24), "sold");

    List<String> straight = shown(features.of(sales()));
    List<String> shuffled = shown(features.of(sales().repartition(7).sort(col("sold"))));

    assertThat(straight).hasSize(600).isEqualTo(shuffled);
    assertThat(features.names()).containsExactly("sold_lag_0", "sold_lag_24", "sold_mean_24");
  }

  @Test
  void windowsOfSparkSaySoToo() {
    Dataset<Row> made =
        new TimeFeatures(options(List.of("shop"), List.of(), 0, 24), "sold").of(sales());
    String by = " over (partition by shop order by hour";
    Dataset<Row> expected =
        sales()
            .selectExpr(
                "shop",
                "hour",
                "sold",
                "open",
                "cast(sold as double) as sold_lag_0",
                "cast(lag(sold, 24)" + by + ") as double) as sold_lag_24",
                "if(row_number()"
                    + by
                    + ") < 24, null, avg(sold)"
                    + by
                    + " rows between 23 preceding and current row)) as sold_mean_24",
                "lead(sold)" + by + ") as _told_label",
                "lead(hour)" + by + ") as _target_time",
                "cast(sold as double) as _last_value",
                "cast(lag(sold, 23)" + by + ") as double) as _seasonal_value",
                "cast(unix_timestamp(hour) - unix_timestamp(lag(hour)"
                    + by
                    + ")) as double) as _step");

    assertThat(shown(made)).isEqualTo(shown(expected));
  }

  @Test
  void rowsOfASeriesNeedDifferentTimes() {
    TimeFeatures features = new TimeFeatures(options(List.of(), List.of(), 0), "sold");

    assertThatThrownBy(() -> features.of(sales()))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("600 rows share their time")
        .hasMessageContaining("at 200 moments")
        .hasMessageContaining("3 rows have hour = 1970-01-01")
        .hasMessageContaining("time-series.keys");
  }

  @Test
  void columnsThatAreNotThereOrNoNumbersAreNamed() {
    assertThatThrownBy(
            () -> new TimeFeatures(options(List.of("store"), List.of(), 0), "sold").of(sales()))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("the column store")
        .hasMessageContaining("shop");
    assertThatThrownBy(
            () ->
                new TimeFeatures(options(List.of("shop"), List.of("open"), 0), "sold").of(sales()))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("open, which is of type string");
    assertThatThrownBy(
            () ->
                new TimeFeatures(options(List.of("shop"), List.of(), 0), "sold")
                    .of(sales().withColumn("sold_lag_0", col("sold"))))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("a column sold_lag_0");
  }

  @Test
  void statisticsDifferencesAndTheCalendarAreThoseOfSpark() {
    TimeOptions options =
        new TimeOptions(
            "hour",
            List.of("shop"),
            List.of(),
            List.of(),
            List.of(5),
            List.of(7),
            List.of(Statistic.values()),
            List.of(CalendarPart.values()),
            0,
            Target.VALUE,
            new TimeOptions.Naive(Optional.empty()));
    TimeFeatures features = new TimeFeatures(options, "sold");
    String by = " over (partition by shop order by hour";
    String window = by + " rows between 7 preceding and 1 preceding)";
    String full = "if(row_number()" + by + ") < 8, null, ";

    Dataset<Row> expected =
        sales()
            .selectExpr(
                "shop",
                "hour",
                "cast(lag(sold)" + by + ") - lag(sold, 6)" + by + ") as double)",
                "round(" + full + "avg(sold)" + window + "), 9)",
                "round(" + full + "stddev_samp(sold)" + window + "), 9)",
                "cast(" + full + "min(sold)" + window + ") as double)",
                "cast(" + full + "max(sold)" + window + ") as double)",
                "cast(datediff(hour, date '1970-01-01') as double)",
                "cast(quarter(hour) as double)",
                "cast(month(hour) as double)",
                "cast(weekofyear(hour) as double)",
                "cast(day(hour) as double)",
                "cast(weekday(hour) + 1 as double)",
                "hour(hour) + minute(hour) / 60.0D");
    Dataset<Row> made =
        features
            .of(sales())
            .selectExpr(
                "shop",
                "hour",
                "sold_difference_5",
                "round(sold_mean_7, 9)",
                "round(sold_deviation_7, 9)",
                "sold_min_7",
                "sold_max_7",
                "`hour_epoch-day`",
                "hour_quarter",
                "hour_month",
                "hour_week",
                "hour_day",
                "hour_weekday",
                "hour_hour");

    assertThat(shown(made)).isEqualTo(shown(expected));
    assertThat(features.names()).hasSize(12).contains("sold_deviation_7", "hour_epoch-day");
  }

  @Test
  void anOrderThatIsNoneIsNamed() {
    assertThatThrownBy(
            () ->
                new TimeFeatures(options(List.of("shop"), List.of(), 0), "sold")
                    .of(sales().withColumn("hour", col("open"))))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("time-series.column is hour, which is of type string");
  }
}
