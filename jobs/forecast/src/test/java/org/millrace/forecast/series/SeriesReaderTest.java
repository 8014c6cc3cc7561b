package org.millrace.forecast.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.millrace.forecast.series.SeriesLayout.Duplicates;
import org.millrace.forecast.series.SeriesLayout.Gaps;
import org.millrace.forecast.series.SeriesLayout.WithinStep;

class SeriesReaderTest {

  private static Row row(String shop, Long time, Double value) {
    return RowFactory.create(shop, time, value, null);
  }

  private static SeriesLayout layout(Duplicates duplicates, int maxPoints) {
    return Layouts.of("minute", Gaps.ZERO, WithinStep.REFUSE, duplicates, List.of(), maxPoints);
  }

  private static List<RawSeries> read(Iterator<Row> rows, Duplicates duplicates, int maxPoints) {
    List<RawSeries> series = new ArrayList<>();
    new SeriesReader(rows, SeriesRules.of(layout(duplicates, maxPoints)))
        .forEachRemaining(series::add);
    return series;
  }

  @Test
  void rowsAreCutIntoSeriesAndEqualOnesAreOne() {
    List<RawSeries> series =
        read(
            List.of(
                    RowFactory.create("a", null, null, "ets"),
                    row("a", 1L, 10.0),
                    row("a", 1L, 10.0),
                    row("a", 2L, null),
                    row("b", 1L, 7.0),
                    RowFactory.create("c", null, null, "ets"))
                .iterator(),
            Duplicates.REFUSE_ROWS,
            100);

    assertThat(series).extracting(s -> s.key()[0]).containsExactly("a", "b", "c");
    assertThat(series.get(0).note()).contains("ets");
    assertThat(series.get(0).times()).containsExactly(1, 2);
    assertThat(series.get(0).values()).startsWith(10, Double.NaN);
    assertThat(series.get(0).refusedRows()).isEmpty();
    assertThat(series.get(2).isInTable()).as("c is known to the model only").isFalse();
  }

  @Test
  void differentValuesOfOneTimeRefuseTheRowsOrTheSeries() {
    List<Row> rows =
        List.of(row("a", 1L, 10.0), row("a", 2L, 20.0), row("a", 2L, 21.0), row("a", 3L, 30.0));

    RawSeries kept = read(rows.iterator(), Duplicates.REFUSE_ROWS, 100).get(0);
    assertThat(kept.times()).containsExactly(1, 3);
    assertThat(kept.refusedRows()).hasSize(2);
    assertThat(kept.conflict()).isEmpty();

    RawSeries refused = read(rows.iterator(), Duplicates.REFUSE_SERIES, 100).get(0);
    assertThat(refused.conflict())
        .hasValueSatisfying(
            r -> {
              assertThat(r.rule()).isEqualTo(Refused.Rule.SERIES_DUPLICATE);
              assertThat(r).hasMessageContaining("20.0 and 21.0");
            });
  }

  /** Ten million rows pass by; a thousand stay. */
  @Test
  void aGiantAmongShortOnesTakesNoMoreThanItsLimit() {
    int giant = 10_000_000;
    Stream<Row> rows =
        Stream.concat(
            Stream.concat(
                Stream.of(row("a", 1L, 1.0)),
                LongStream.range(0, giant).mapToObj(t -> row("giant", t, (double) t))),
            Stream.of(row("z", 1L, 1.0)));
    List<RawSeries> series = read(rows.iterator(), Duplicates.REFUSE_ROWS, 1000);

    assertThat(series).extracting(s -> s.key()[0]).containsExactly("a", "giant", "z");
    RawSeries newest = series.get(1);
    assertThat(newest.dropped()).isEqualTo(giant - 1000);
    assertThat(newest.values()).hasSize(1000).startsWith(giant - 1000).endsWith(giant - 1);
    assertThat(newest.times()).hasSize(1000).isSorted();
  }

  @Test
  void costsAreSpreadAndPartitionsAreThoseOfTheirTasks() {
    double[] costs = new double[4096];
    java.util.Arrays.fill(costs, 1);
    costs[17] = 1000;
    int[] tasks = TaskBalance.assign(costs, 5);
    double[] load = new double[5];
    for (int bucket = 0; bucket < costs.length; bucket++) {
      load[tasks[bucket]] += costs[bucket];
    }

    double mean = (4095 + 1000) / 5.0;
    for (double one : load) {
      assertThat(one).isBetween(mean - 1, mean + 1);
    }
    assertThat(TaskBalance.numbersOf(7)).doesNotHaveDuplicates().hasSize(7);
  }
}
