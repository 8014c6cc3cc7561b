package org.millrace.recommend.segments;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.eval.Metric;
import org.millrace.job.Job;
import org.millrace.job.NamedTable;
import org.millrace.job.Run;
import org.millrace.table.CheckedTable;
import org.millrace.table.RowCounts;

/** Groups users, and publishes who is in which segment and what tells segments apart. */
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
    return "group users by what they do or by a model's factors; tell what each segment is like and buys";
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
        "tables/OUTPUT-items (with events): " + ITEMS);
  }

  @Override
  public List<NamedTable> tables(SegmentsConfig c) {
    List<NamedTable> tables = new ArrayList<>();
    if (c.source() instanceof SegmentSource.Table t) {
      tables.add(UserTable.named(t.table(), t.columns()));
    }
    c.events().ifPresent(ref -> tables.add(events(ref)));
    return tables;
  }

  private static NamedTable events(org.millrace.table.TableRef ref) {
    return new NamedTable("events", ref, List.of("user", "item"));
  }

  @Override
  public void run(Run run, SegmentsConfig c) {
    UserTable users = UserTable.of(run, c.source());
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
        publish(run, c, users, segments, assigned);
      } finally {
        assigned.unpersist();
      }
    } finally {
      points.unpersist();
    }
  }

  private static void publish(
      Run run, SegmentsConfig c, UserTable users, Segments segments, Dataset<Row> assigned) {
    Dataset<Row> profiles = Profiles.of(assigned, users.columns());
    List<Row> told = profiles.collectAsList(); // segments x columns
    SegmentReport report = new SegmentReport(run.report(), segments, users.columns());
    report.tell(told);
    segments.silhouettes().values().stream()
        .max(Double::compare)
        .ifPresent(
            s -> run.report().metric(Metric.higherIsBetter("silhouette", s), java.util.Map.of()));
    run.publishTable(
        c.output() + "-segments",
        USERS,
        assigned.select("user", "segment", "distance"),
        written -> users.counts(written.get().count()));
    long rows = (long) segments.centers().size() * users.columns().size();
    run.publishTable(
        c.output() + "-profiles",
        PROFILES,
        profiles,
        written -> new RowCounts("segment and column", rows, written.get().count(), 0));
    c.events()
        .ifPresent(
            ref -> {
              CheckedTable had = run.read(events(ref));
              Dataset<Row> items =
                  Profiles.items(
                          assigned.select("user", "segment"),
                          had.rows(),
                          c.lift().items(),
                          c.lift().minUsers())
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
            });
  }
}
