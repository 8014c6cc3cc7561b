package org.millrace.features.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class BehaviourTest {
  private static final long DAY = 86_400;
  private static final LocalDate DATE = LocalDate.of(2026, 3, 10);

  private static List<String> texts(Dataset<Row> rows, String... columns) {
    return rows.selectExpr(columns).collectAsList().stream().map(Row::toString).toList();
  }

  @Test
  void usersAreAddedUp() {
    Dataset<Row> events =
        Events.of(
            List.of(
                Events.event("a", 10, "view", null),
                Events.event("a", 20, "buy", 4.0),
                Events.event("a", 40 * DAY, "buy", 6.0),
                Events.event("a", 50 * DAY, "view", null),
                Events.event("b", 60 * DAY, "view", null)));
    Users plan = new Users(List.of("buy"), List.of("view", "buy"), 5);
    try (Sessions sessions = Sessions.of(events, Duration.ofMinutes(30))) {
      Dataset<Row> users = plan.table(plan.days(events), sessions.rows(), DATE).sort("user");
      assertThat(
              texts(
                  users,
                  "user",
                  "events",
                  "active_days",
                  "sessions",
                  "mean_session_seconds",
                  "tenure_days",
                  "recency_days",
                  "frequency",
                  "monetary",
                  "mean_value",
                  "count_view",
                  "count_buy"))
          .containsExactly(
              "[a,4,3,3,3.3333333333333335,68,28,2,10.0,5.0,2,2]",
              "[b,1,1,1,0.0,8,null,0,null,null,1,0]");
    }
  }

  @Test
  void scoresAreEqualPartsAndTheBestIsTheGreatest() {
    List<Row> rows = new ArrayList<>();
    for (int user = 0; user < 100; user++) {
      // User 99 comes last, most often and pays most.
      for (int i = 0; i <= user; i++) {
        rows.add(Events.event("u" + user, user * (DAY / 2) + i, "buy", 1.0 + user));
      }
    }
    Users plan = new Users(List.of(), List.of(), 5);
    Dataset<Row> events = Events.of(rows);
    try (Sessions sessions = Sessions.of(events, Duration.ofMinutes(30))) {
      Dataset<Row> scored = plan.scored(plan.table(plan.days(events), sessions.rows(), DATE));
      for (String score : List.of("recency_score", "frequency_score", "monetary_score")) {
        List<Row> counts = scored.groupBy(score).count().sort(score).collectAsList();
        assertThat(counts).as(score).hasSize(5);
        counts.forEach(c -> assertThat(c.getLong(1)).as(score).isBetween(18L, 22L));
      }
      assertThat(
              texts(
                  scored.filter("user in ('u0', 'u99')").sort("user"),
                  "recency_score",
                  "frequency_score",
                  "monetary_score"))
          .containsExactly("[1,1,1]", "[5,5,5]");
    }
  }

  @Test
  void cohortsKeepUsersWhoCameBack() {
    List<Row> rows = new ArrayList<>();
    for (int user = 0; user < 10; user++) {
      rows.add(Events.event("jan" + user, user * DAY, "view", null));
      if (user < 4) {
        rows.add(Events.event("jan" + user, (33 + user) * DAY, "view", null));
      }
      if (user == 0) {
        rows.add(Events.event("jan" + user, 62 * DAY, "view", null));
      }
    }
    rows.add(Events.event("feb", 58 * DAY, "view", null)); // 28 February.
    Dataset<Row> days = Events.of(rows).select("user", "day");
    assertThat(
            texts(
                new Cohorts(Cohorts.Period.MONTH, 24).table(days, DATE),
                "cohort",
                "period",
                "users",
                "share",
                "complete"))
        .containsExactly(
            "[2026-01-01,0,10,1.0,true]",
            "[2026-01-01,1,4,0.4,true]",
            "[2026-01-01,2,1,0.1,false]",
            "[2026-02-01,0,1,1.0,true]",
            "[2026-02-01,1,0,0.0,false]");
    assertThat(
            texts(
                new Cohorts(Cohorts.Period.WEEK, 1).table(days, DATE),
                "cohort",
                "period",
                "users",
                "complete"))
        .startsWith("[2025-12-29,0,4,true]", "[2025-12-29,1,0,true]", "[2026-01-05,0,6,true]")
        .endsWith("[2026-02-23,0,1,true]", "[2026-02-23,1,0,true]");
    assertThat(
            texts(
                new Cohorts(Cohorts.Period.DAY, 3).table(days.filter("user = 'feb'"), DATE),
                "cohort",
                "period",
                "complete"))
        .hasSize(4)
        .endsWith("[2026-02-28,3,true]");
  }

  @Test
  void aFunnelCountsUsersOfWhomOneFillsAllPartitions() {
    List<Row> rows = new ArrayList<>();
    // 2,000 views, then carts, then one purchase at the end: far apart, but in time.
    for (int i = 0; i < 2000; i++) {
      rows.add(Events.event("long", i, i < 1000 ? "view" : "cart", null));
    }
    rows.add(Events.event("long", 2000, "buy", 1.0));
    rows.add(Events.event("late", 0, "view", null));
    rows.add(Events.event("late", 10 * DAY, "cart", null));
    rows.add(Events.event("back", 5, "cart", null));
    rows.add(Events.event("back", 6, "view", null));
    rows.add(Events.event("same", 5, "cart", null));
    rows.add(Events.event("same", 5, "view", null));
    rows.add(Events.event("none", 5, "search", null));
    java.util.Collections.shuffle(rows, new Random(1));
    Funnel funnel = new Funnel(List.of("view", "cart", "buy"), Duration.ofDays(7));
    Dataset<Row> events = Events.of(rows);
    assertThat(texts(funnel.table(events, 5), "step", "event", "users", "share_of_previous"))
        .containsExactly("[0,null,5,null]", "[1,view,4,0.8]", "[2,cart,2,0.5]", "[3,buy,1,0.5]");
    // Only the views of the last 1,000 seconds lead to the purchase in time.
    Funnel short1 = new Funnel(List.of("view", "cart", "buy"), Duration.ofSeconds(1001));
    Funnel short2 = new Funnel(List.of("view", "cart", "buy"), Duration.ofSeconds(1000));
    assertThat(texts(short1.reached(events).filter("user = 'long'"), "reached"))
        .containsExactly("[3]");
    assertThat(texts(short2.reached(events).filter("user = 'long'"), "reached"))
        .containsExactly("[2]");
  }
}
