package org.millrace.recommend.segments;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.eval.Metric;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.outcome.Stop;
import org.millrace.table.CheckedTable;
import org.millrace.table.RowCounts;
import org.millrace.table.TableRef;

/**
 * Groups users, and publishes who is in which segment, what tells segments apart, and, with events,
 * a model that recommends what one's segment has.
 */
public final class FindSegments implements Job<SegmentsConfig> {
  private static final String USERS = "segments.v1";
  private static final String PROFILES = "segment-profiles.v1";
  private static final String ITEMS = "segment-items.v1";

  @Override
  public String name() {
    return "recommend.segments";
  }

  @Override
  public String summary() {
    return "group users by what they do or by a model's factors; tell what each segment is like and buys, and recommend it";
  }

  @Override
  public Class<SegmentsConfig> config() {
    return SegmentsConfig.class;
  }

  @Override
  public List<String> inputs() {
    return List.of(
        "source: a table with a row a user, such as features.users.v1, or a model of kind als",
        "events (optional): interactions.v1 or ratings.v1");
  }

  @Override
  public List<String> outputs() {
    return List.of(
        "tables/OUTPUT-segments: " + USERS,
        "tables/OUTPUT-profiles: " + PROFILES,
        "tables/OUTPUT-items (with events): " + ITEMS,
        "a model of kind segments (with events): shares of each segment's users who have an item");
  }

  @Override
  public List<NamedTable> tables(SegmentsConfig c) {
    List<NamedTable> tables = new ArrayList<>();
    if (c.source() instanceof SegmentSource.Table t) {
      tables.add(UserTable.named(t.table(), t.columns()));
    }
    c.events().ifPresent(ref -> tables.add(events(ref, c)));
    return tables;
  }

  private static NamedTable events(TableRef ref, SegmentsConfig c) {
    return new NamedTable("events", ref, c.lists().columns());
  }

  @Override
  public void run(Run run, SegmentsConfig c) {
    UserTable users = UserTable.of(run, c.source());
    // Before anything is published: what is wrong with them must not leave half of the tables new.
    Optional<CheckedTable> events = c.events().map(ref -> run.read(events(ref, c)));
    Dataset<Row> points =
        Points.of(users.rows(), users.columns(), users.log())
            .rows()
            .repartition(col("user"))
            .sortWithinPartitions("user")
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Segments segments =
          run.step(
              "find segments",
              () -> Segments.of(points, c.method(), c.k(), c.iterations(), c.seed()));
      Dataset<Row> assigned = segments.assigned(points).persist(StorageLevel.MEMORY_AND_DISK());
      try {
        events.ifPresent(had -> requireCommonUsers(assigned, had));
        publish(run, c, users, segments, assigned, events);
      } finally {
        assigned.unpersist();
      }
    } finally {
      points.unpersist();
    }
  }

  private static void requireCommonUsers(Dataset<Row> assigned, CheckedTable had) {
    if (had.rows().join(assigned, "user").isEmpty()) {
      throw Stop.contract(
          "recommend.segments: no user of the events is among those that were grouped, such as %s; both tables must name users alike",
          assigned.select("user").sort("user").first().getString(0));
    }
  }

  private static void publish(
      Run run,
      SegmentsConfig c,
      UserTable table,
      Segments segments,
      Dataset<Row> assigned,
      Optional<CheckedTable> events) {
    Dataset<Row> profiles = Profiles.of(assigned, table.columns());
    List<Row> told = profiles.collectAsList(); // segments x columns
    SegmentReport report = new SegmentReport(run.report(), segments, table.columns());
    report.tell(told);
    segments.silhouettes().values().stream()
        .max(Double::compare)
        .ifPresent(
            s -> run.report().metric(Metric.higherIsBetter("silhouette", s), java.util.Map.of()));
    run.publishTable(
        c.output() + "-segments",
        USERS,
        assigned.select("user", "segment", "distance"),
        written -> table.counts(written.get().count()));
    long rows = (long) segments.centers().size() * table.columns().size();
    run.publishTable(
        c.output() + "-profiles",
        PROFILES,
        profiles,
        written -> new RowCounts("segment and column", rows, written.get().count(), 0));
    if (events.isPresent()) {
      CheckedTable had = events.get();
      Dataset<Row> users = assigned.select("user", "segment");
      publishItems(run, c, users, had, report);
      SegmentLists lists = SegmentLists.of(users, segments.centers().size(), c.lists().shrinkage());
      new SegmentRecommender(run, c, lists).publish(had);
    }
  }

  private static void publishItems(
      Run run, SegmentsConfig c, Dataset<Row> users, CheckedTable had, SegmentReport report) {
    Dataset<Row> items =
        Profiles.items(users, had.rows(), c.lift().items(), c.lift().minUsers())
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long count = items.count();
      report.items(items);
      run.publishTable(
          c.output() + "-items",
          ITEMS,
          items,
          written -> new RowCounts("segment and item", count, written.get().count(), 0));
    } finally {
      items.unpersist();
    }
  }
}
