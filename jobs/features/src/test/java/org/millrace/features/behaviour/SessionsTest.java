package org.millrace.features.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.millrace.testing.LocalSpark;

class SessionsTest {
  private static final int TIMEOUT = 1800;

  /** One user with most of the events, and many with a few. */
  private static List<Row> skewed(int busy) {
    Random random = new Random(3);
    List<Row> rows = new ArrayList<>();
    long at = 0;
    for (int i = 0; i < busy; i++) {
      at += random.nextInt(20) == 0 ? 1 + random.nextInt(4000) : 1 + random.nextInt(60);
      rows.add(Events.event("busy", at, "view", 1.0));
    }
    for (int user = 0; user < busy / 20; user++) {
      for (int i = 0; i < 5; i++) {
        String kind = i % 2 == 0 ? "view" : "buy";
        rows.add(Events.event("u" + user, random.nextInt(100_000), kind, i == 0 ? null : 2.5));
      }
    }
    Collections.shuffle(rows, random);
    return rows;
  }

  private static List<String> windowed(Dataset<Row> events) {
    events.createOrReplaceTempView("events_of_test");
    return sorted(
        LocalSpark.session()
            .sql(
                """
                select user, min(micros), max(micros), count(*), sum(value), min_by(event, micros), max_by(event, micros)
                from (
                  select *, sum(new) over (partition by user order by micros) as session
                  from (
                    select *, if(micros - lag(micros) over (partition by user order by micros) <= 1800000000, 0, 1) as new
                    from events_of_test))
                group by user, session
                """));
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  @Test
  void cutsOfPartitionsDoNotShowInSessions() {
    // One instant a user, so that a window's order is the only one.
    Dataset<Row> events = Events.of(skewed(20_000)).dropDuplicates("user", "micros");
    try (Sessions sessions = Sessions.of(events, Duration.ofSeconds(TIMEOUT))) {
      Dataset<Row> told =
          sessions
              .rows()
              .selectExpr(
                  "user",
                  "unix_micros(started_at)",
                  "unix_micros(ended_at)",
                  "events",
                  "value",
                  "first_event",
                  "last_event");
      assertThat(sorted(told)).isEqualTo(windowed(events)).hasSizeGreaterThan(5000);
    }
  }

  @Test
  void oneSessionOverAllPartitionsIsOneSession() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      rows.add(Events.event("one", i, "view", null));
    }
    try (Sessions sessions = Sessions.of(Events.of(rows), Duration.ofSeconds(1))) {
      assertThat(sessions.rows().selectExpr("events", "seconds", "value").collectAsList())
          .extracting(Row::toString)
          .containsExactly("[10000,9999.0,null]");
    }
  }

  @Test
  void noTaskGetsMoreThanThreeTimesTheMedian() {
    Dataset<Row> sorted = SortedEvents.of(Events.of(skewed(100_000)), "event");
    List<Row> sizes =
        sorted
            .groupBy(org.apache.spark.sql.functions.spark_partition_id().as("p"))
            .count()
            .sort("count")
            .collectAsList();
    long median = sizes.get(sizes.size() / 2).getLong(1);
    assertThat(sizes).hasSize(8);
    assertThat(sizes.get(sizes.size() - 1).getLong(1)).isLessThanOrEqualTo(3 * median);
  }
}
