package org.millrace.features.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.millrace.features.windows.Lookback.Aggregate;
import org.millrace.features.windows.Lookback.Function;
import org.millrace.features.windows.Lookback.Now;
import org.millrace.testing.LocalSpark;

class PointInTimeTest {
  private static final StructType HISTORY =
      new StructType()
          .add("user", DataTypes.StringType)
          .add("at", DataTypes.TimestampType)
          .add("value", DataTypes.DoubleType)
          .add("kind", DataTypes.StringType);
  private static final StructType ROWS =
      new StructType()
          .add("user", DataTypes.StringType)
          .add("when", DataTypes.TimestampType)
          .add("id", DataTypes.IntegerType);

  private record Event(String user, long second, Double value, String kind) {}

  private record Example(String user, long second, int id) {}

  private static java.sql.Timestamp time(long second) {
    return new java.sql.Timestamp(1_700_000_000_000L + second * 1000);
  }

  private static Dataset<Row> history(List<Event> events) {
    List<Row> rows =
        events.stream()
            .map(e -> RowFactory.create(e.user(), time(e.second()), e.value(), e.kind()))
            .toList();
    return LocalSpark.session().createDataFrame(rows, HISTORY);
  }

  private static Dataset<Row> rows(List<Example> examples) {
    List<Row> rows =
        examples.stream().map(e -> RowFactory.create(e.user(), time(e.second()), e.id())).toList();
    return LocalSpark.session().createDataFrame(rows, ROWS);
  }

  private static Lookback lookback(Now now) {
    return new Lookback(
        List.of(Duration.ofSeconds(50), Duration.ofHours(1)),
        List.of(new Aggregate("value", List.of(Function.values()))),
        List.of(1, 3),
        List.of("kind"),
        Duration.ofSeconds(400),
        now);
  }

  private static List<Event> events(Random random, int rows, int users, int span) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      events.add(
          new Event(
              "u" + random.nextInt(users),
              random.nextInt(span),
              random.nextInt(10) == 0 ? null : 1e6 * random.nextGaussian(),
              "k" + i));
    }
    return events;
  }

  /** By going over all events for each example; a lag may be any row of its instant. */
  private static void assertFeatures(
      Dataset<Row> features, List<Event> events, List<Example> examples, Now now) {
    List<Row> told = features.sort("id").collectAsList();
    assertThat(told).hasSize(examples.size());
    for (Example example : examples) {
      Row row = told.get(example.id());
      List<Event> past =
          events.stream()
              .filter(e -> e.user().equals(example.user()))
              .filter(
                  e ->
                      e.second() < example.second()
                          || (now == Now.INCLUDE && e.second() == example.second()))
              .toList();
      long latest = past.stream().mapToLong(Event::second).max().orElse(Long.MIN_VALUE);
      Double age =
          past.isEmpty() || example.second() - latest > 400
              ? null
              : (double) (example.second() - latest);
      assertThat(row.<Double>getAs("age_seconds")).isEqualTo(age);
      List<String> lagged =
          past.stream().filter(e -> e.second() == latest).map(Event::kind).toList();
      assertThat(row.<String>getAs("kind_lag_1"))
          .satisfies(k -> assertThat(age == null ? k == null : lagged.contains(k)).isTrue());
      for (String window : List.of("50s", "1h")) {
        long length = window.equals("1h") ? 3600 : 50;
        List<Event> inside =
            past.stream().filter(e -> example.second() - e.second() <= length).toList();
        double[] values =
            inside.stream()
                .map(Event::value)
                .filter(Objects::nonNull)
                .mapToDouble(v -> v)
                .toArray();
        assertThat(row.<Long>getAs("rows_" + window)).isEqualTo(inside.size());
        assertThat(row.<Long>getAs("value_count_" + window)).isEqualTo(values.length);
        var statistics = java.util.Arrays.stream(values).summaryStatistics();
        Double[] expected = {
          statistics.getSum(), statistics.getAverage(), statistics.getMin(), statistics.getMax()
        };
        String[] names = {"sum", "mean", "min", "max"};
        for (int i = 0; i < names.length; i++) {
          Double value = row.getAs("value_" + names[i] + "_" + window);
          if (values.length == 0) {
            assertThat(value).isNull();
          } else {
            assertThat(value).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-6));
          }
        }
      }
    }
  }

  @Test
  void featuresAreWhatAllEventsBeforeTheRowSay() {
    Random random = new Random(2);
    List<Event> events = events(random, 1500, 12, 5000);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      examples.add(new Example("u" + random.nextInt(14), random.nextInt(5400), i));
    }
    for (Now now : Now.values()) {
      assertFeatures(
          new PointInTime(lookback(now), List.of("user"))
              .features(rows(examples), "when", history(events), "at"),
          events,
          examples,
          now);
    }
  }

  /** More events than a task should have to go over, so that time is cut into slabs. */
  @Test
  void aBusyKeyIsCutIntoSlabsAndNothingShows() {
    Random random = new Random(4);
    List<Event> events = events(random, 30_000, 1, 40_000);
    events.addAll(events(random, 500, 30, 40_000));
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      examples.add(new Example("u0", random.nextInt(44_000), i));
    }
    Dataset<Row> features =
        new PointInTime(lookback(Now.EXCLUDE), List.of("user"))
            .features(rows(examples), "when", history(events), "at");
    assertFeatures(features, events, examples, Now.EXCLUDE);
  }

  /**
   * The label of each example is written into the history at its own time and after it: what a join
   * by the newest row gives away.
   */
  @Test
  void aPlantedLeakShowsInANaiveJoinAndNotInFeatures() {
    Random random = new Random(6);
    List<Event> events = new ArrayList<>();
    List<Example> examples = new ArrayList<>();
    int[] labels = new int[200];
    for (int i = 0; i < 200; i++) {
      labels[i] = random.nextInt(2);
      examples.add(new Example("p" + i, 1000, i));
      events.add(new Event("p" + i, 900, random.nextGaussian(), "noise" + random.nextInt(2)));
      events.add(new Event("p" + i, 1000, 100.0 * labels[i], "label" + labels[i]));
      events.add(new Event("p" + i, 1001, 100.0 * labels[i], "label" + labels[i]));
    }
    Dataset<Row> naive =
        rows(examples)
            .join(
                history(events)
                    .groupBy("user")
                    .agg(org.apache.spark.sql.functions.expr("max_by(kind, at) as kind_lag_1")),
                "user");
    assertThat(leaked(naive, labels)).isEqualTo(200);
    assertThat(leaked(asOf(examples, events, Now.INCLUDE), labels)).isEqualTo(200);

    Dataset<Row> safe = asOf(examples, events, Now.EXCLUDE);
    assertThat(leaked(safe, labels)).isZero();
    List<Event> past = events.stream().filter(e -> e.second() < 1000).toList();
    assertThat(safe.sort("id").collectAsList())
        .isEqualTo(asOf(examples, past, Now.EXCLUDE).sort("id").collectAsList());
  }

  private static Dataset<Row> asOf(List<Example> examples, List<Event> events, Now now) {
    return new PointInTime(lookback(now), List.of("user"))
        .features(rows(examples), "when", history(events), "at");
  }

  private static long leaked(Dataset<Row> features, int[] labels) {
    return features.collectAsList().stream()
        .filter(
            r -> ("label" + labels[r.<Integer>getAs("id")]).equals(r.<String>getAs("kind_lag_1")))
        .count();
  }

  @Test
  void rowsOfAHistoryDoNotSeeThemselves() {
    List<Event> events =
        List.of(
            new Event("a", 0, 1.0, "x"),
            new Event("a", 10, 2.0, "y"),
            new Event("a", 10, 3.0, "z"),
            new Event("a", 61, 4.0, "w"));
    Dataset<Row> features =
        new PointInTime(lookback(Now.EXCLUDE), List.of("user")).features(history(events), "at");
    assertThat(
            features
                .sort("value")
                .selectExpr("value", "rows_50s", "value_sum_50s", "value_sum_1h")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly(
            "[1.0,0,null,null]", "[2.0,1,1.0,1.0]", "[3.0,1,1.0,1.0]", "[4.0,0,null,6.0]");
  }

  @Test
  void rowsOfOneInstantFollowEachOtherByTheirValues() {
    List<Event> events =
        new ArrayList<>(
            List.of(
                new Event("a", 0, 9.0, "z"),
                new Event("a", 10, 2.0, "x"),
                new Event("a", 10, 1.0, "y"),
                new Event("a", 10, 3.0, null),
                new Event("a", 20, 0.0, "last")));
    for (int i = 0; i < 300; i++) {
      events.add(new Event("b" + i % 20, i % 3, 1e9 / (i + 1), "k" + i % 7));
    }
    List<Example> examples = new ArrayList<>();
    examples.add(new Example("a", 15, 0));
    for (int i = 0; i < 20; i++) {
      examples.add(new Example("b" + i, 5, 1 + i));
    }
    List<Row> told = asOf(examples, events, Now.EXCLUDE).sort("id").collectAsList();
    assertThat(told.get(0).<String>getAs("kind_lag_1")).isEqualTo("y");
    assertThat(told.get(0).<String>getAs("kind_lag_3")).isNull();
    List<Row> ofHistory = ofHistory(events);
    for (int seed = 0; seed < 3; seed++) {
      java.util.Collections.shuffle(events, new Random(seed));
      assertThat(asOf(examples, events, Now.EXCLUDE).sort("id").collectAsList()).isEqualTo(told);
      assertThat(ofHistory(events)).isEqualTo(ofHistory);
    }
  }

  private static List<Row> ofHistory(List<Event> events) {
    return new PointInTime(lookback(Now.INCLUDE), List.of("user"))
        .features(history(events), "at")
        .sort("user", "at", "value", "kind")
        .collectAsList();
  }

  @Test
  void greatValuesThatLeftLeaveNoTrace() {
    SlidingColumn column = new SlidingColumn(true);
    column.add(1e17);
    for (int i = 0; i < 1000; i++) {
      column.add(0.1);
    }
    column.remove(1e17);
    assertThat(column.sum()).isCloseTo(100, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(column.max()).isEqualTo(0.1);
  }

  @Test
  void aRowWithoutAKeyIsNobodysHistory() {
    List<Event> events =
        List.of(new Event(null, 0, 5.0, "stranger"), new Event("u", 0, 7.0, "own"));
    List<Example> examples = List.of(new Example(null, 10, 0), new Example("u", 10, 1));
    PointInTime plan = new PointInTime(lookback(Now.INCLUDE), List.of("user"));
    assertThat(
            plan.features(rows(examples), "when", history(events), "at")
                .sort("id")
                .selectExpr("rows_1h", "value_sum_1h", "kind_lag_1")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly("[0,null,null]", "[1,7.0,own]");
    assertThat(
            plan.features(history(events), "at")
                .sort("kind")
                .selectExpr("kind", "rows_1h")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly("[own,1]", "[stranger,0]");
  }
}
