package org.millrace.features.behaviour;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_micros;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.millrace.table.InternalRows;
import org.millrace.table.PackedRows;

/**
 * Sessions: runs of a user's events, none further from the one before than a timeout.
 *
 * <p>Events are sorted by user and time and cut into equal partitions, each is gone over once, and
 * the sessions that reach over a cut are put together on the driver, which sees two rows of each
 * partition at most. A window over a user's events would give all of them to one task.
 */
public final class Sessions implements AutoCloseable {
  private final PackedRows segments;
  private final Dataset<Row> rows;

  private Sessions(PackedRows segments, Dataset<Row> rows) {
    this.segments = segments;
    this.rows = rows;
  }

  /**
   * Cuts events into sessions; the work is done here.
   *
   * @param events columns user, micros, event, item, value of {@link EventChecks#accepted}
   * @param timeout longest time between two events of a session
   */
  public static Sessions of(Dataset<Row> events, Duration timeout) {
    long timeoutMicros = timeout.toNanos() / 1000;
    Dataset<Row> sorted =
        SortedEvents.of(
            events.select("user", "micros", "event", "item", "value"), "event", "item", "value");
    PackedRows segments =
        PackedRows.of(
            InternalRows.of(sorted).mapPartitions(new SessionScan(timeoutMicros)),
            SessionScan.SCHEMA);
    int edge = SessionScan.SCHEMA.fieldIndex("edge");
    List<InternalRow> edges =
        segments
            .rows()
            .filter(row -> row.getInt(edge) != SessionScan.INNER)
            .map(InternalRow::copy)
            .collect();
    Dataset<Row> stitched =
        InternalRows.table(
            events.sparkSession(),
            JavaSparkContext.fromSparkContext(events.sparkSession().sparkContext())
                .parallelize(stitch(new ArrayList<>(edges), timeoutMicros), 1),
            Segment.SCHEMA);
    Dataset<Row> whole =
        segments
            .table(events.sparkSession())
            .filter(col("edge").equalTo(SessionScan.INNER))
            .drop("partition", "edge");
    return new Sessions(segments, published(whole.union(stitched)));
  }

  private static List<InternalRow> stitch(List<InternalRow> edges, long timeoutMicros) {
    int partition = Segment.SCHEMA.size();
    Comparator<InternalRow> byPartition = Comparator.comparingInt(r -> r.getInt(partition));
    Comparator<InternalRow> byPlace = Comparator.comparingInt(r -> r.getInt(partition + 1));
    edges.sort(byPartition.thenComparing(byPlace));
    List<Segment> sessions = new ArrayList<>();
    for (InternalRow edge : edges) {
      Segment segment = Segment.of(edge);
      if (sessions.isEmpty() || !sessions.get(sessions.size() - 1).takes(segment, timeoutMicros)) {
        sessions.add(segment);
      }
    }
    return sessions.stream().map(Segment::row).toList();
  }

  private static Dataset<Row> published(Dataset<Row> segments) {
    return segments.select(
        col("user"),
        timestamp_micros(col("from")).as("started_at"),
        timestamp_micros(col("to")).as("ended_at"),
        col("to").minus(col("from")).divide(1e6).as("seconds"),
        col("events"),
        col("value"),
        col("first_event"),
        col("last_event"),
        col("first_item"),
        col("last_item"));
  }

  /**
   * A row for each session: user, started_at, ended_at, seconds (double), events, value (the sum,
   * null where no event has one), first_event, last_event, first_item, last_item. To be read until
   * closed.
   */
  public Dataset<Row> rows() {
    return rows;
  }

  @Override
  public void close() {
    segments.close();
  }
}
