package org.millrace.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.features.behaviour.Distributions;
import org.millrace.features.behaviour.Sessions;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.table.RowCounts;

/** Tells what users do, from their events: sessions, counts, value, funnels, retention. */
public final class Behaviour implements Job<BehaviourConfig> {
  private static final String USERS = "features.users.v1";
  private static final String SESSIONS = "features.sessions.v1";
  private static final String DISTRIBUTIONS = "features.distributions.v1";
  private static final String COHORTS = "features.cohorts.v1";
  private static final String FUNNEL = "features.funnel.v1";

  @Override
  public String name() {
    return "features.behaviour";
  }

  @Override
  public String summary() {
    return "tell what users do from purchases, events or web server logs: sessions, recency, frequency, value, funnels, retention";
  }

  @Override
  public Class<BehaviourConfig> config() {
    return BehaviourConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "source.table: events.v1, or a contract of yours with its columns user and timestamp",
        "source.access-log: log-lines.v1");
  }

  @Override
  public List<String> outputs() {
    return List.of(
        "tables/OUTPUT-users: " + USERS,
        "tables/OUTPUT-sessions: " + SESSIONS,
        "tables/OUTPUT-distributions: " + DISTRIBUTIONS,
        "tables/OUTPUT-cohorts: " + COHORTS,
        "tables/OUTPUT-funnel: " + FUNNEL + " (where a funnel is asked for)");
  }

  @Override
  public List<NamedTable> tables(BehaviourConfig c) {
    return List.of(new NamedTable("table", c.source().table(), c.source().needs()));
  }

  @Override
  public void run(Run run, BehaviourConfig c) {
    try (EventInput events = EventInput.read(run, c);
        Sessions sessions =
            run.step("cut sessions", () -> Sessions.of(events.rows(), c.sessionTimeout()))) {
      Dataset<Row> days = c.users().days(events.rows()).persist(StorageLevel.MEMORY_AND_DISK());
      Dataset<Row> users =
          c.users()
              .table(days, sessions.rows(), run.date())
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        long count = run.step("add up users", users::count);
        publish(run, c, events, sessions.rows(), days, users, count);
      } finally {
        users.unpersist();
        days.unpersist();
      }
    }
  }

  private static void publish(
      Run run,
      BehaviourConfig c,
      EventInput events,
      Dataset<Row> sessions,
      Dataset<Row> days,
      Dataset<Row> users,
      long count) {
    BehaviourReport report = new BehaviourReport(run.report());
    // All that can fail by what the events are comes before the first table is replaced.
    Dataset<Row> scored = run.step("score users", () -> c.users().scored(users));
    List<Row> measures = new ArrayList<>();
    run.step(
        "distributions",
        () -> {
          measures.addAll(
              Distributions.of(
                  users,
                  "user.",
                  "events",
                  "sessions",
                  "active_days",
                  "tenure_days",
                  "recency_days",
                  "frequency",
                  "monetary",
                  "mean_value"));
          measures.addAll(Distributions.of(sessions, "session.", "seconds", "events", "value"));
          report.habits(events.rows(), users);
          return null;
        });
    run.publishTable(
        c.output() + "-sessions",
        SESSIONS,
        sessions,
        written -> events.counts(total(written.get(), "events")));
    run.publishTable(
        c.output() + "-users",
        USERS,
        scored,
        written -> events.counts(total(written.get(), "events")));
    run.publishTable(
        c.output() + "-distributions",
        DISTRIBUTIONS,
        Distributions.table(run.spark(), measures),
        written -> new RowCounts("measure", measures.size(), written.get().count(), 0));
    Dataset<Row> cohorts = c.cohorts().table(days.select("user", "day"), run.date());
    run.publishTable(
        c.output() + "-cohorts",
        COHORTS,
        cohorts,
        written -> {
          report.retention(written.get(), c.cohorts());
          long first = total(written.get().filter(col("period").equalTo(0)), "users");
          // Flagged events may be a user's only ones, who is in no cohort of today.
          long later = count == first ? 0 : c.cohorts().later(days, run.date());
          return new RowCounts("user", count - later, first, 0);
        });
    c.funnel()
        .ifPresent(
            funnel ->
                run.publishTable(
                    c.output() + "-funnel",
                    FUNNEL,
                    run.step("funnel", () -> funnel.table(events.rows(), count)),
                    written -> {
                      report.funnel(written.get());
                      return new RowCounts("user", count, count, 0);
                    }));
  }

  private static long total(Dataset<Row> rows, String column) {
    Row sum = rows.agg(sum(column)).first();
    return sum.isNullAt(0) ? 0 : sum.getLong(0);
  }
}
