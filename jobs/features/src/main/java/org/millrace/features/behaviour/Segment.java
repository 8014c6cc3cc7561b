package org.millrace.features.behaviour;

import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Events of one user, none further from the one before than the timeout: a session, or the part of
 * one that lies in one partition. Times are microseconds since 1970 UTC.
 */
final class Segment {
  static final StructType SCHEMA =
      new StructType()
          .add("user", DataTypes.StringType)
          .add("from", DataTypes.LongType)
          .add("to", DataTypes.LongType)
          .add("events", DataTypes.LongType)
          .add("value", DataTypes.DoubleType)
          .add("first_event", DataTypes.StringType)
          .add("last_event", DataTypes.StringType)
          .add("first_item", DataTypes.StringType)
          .add("last_item", DataTypes.StringType);

  private final String user;
  private final long from;
  private long to;
  private long events = 1;
  private Optional<Double> value;
  private final String firstEvent;
  private String lastEvent;
  private final String firstItem;
  private String lastItem;

  private Segment(String user, long from, long to, String firstEvent, String firstItem) {
    this.user = user;
    this.from = from;
    this.to = to;
    this.firstEvent = firstEvent;
    this.firstItem = firstItem;
    this.value = Optional.empty();
  }

  /** Begins with an event: user, micros, event, item, value. */
  static Segment begin(Row event) {
    long at = event.getLong(1);
    Segment segment =
        new Segment(event.getString(0), at, at, event.getString(2), event.getString(3));
    segment.lastEvent = event.getString(2);
    segment.lastItem = event.getString(3);
    segment.value = value(event, 4);
    return segment;
  }

  /** Reads what {@link #row} wrote. */
  static Segment of(Row row) {
    Segment segment =
        new Segment(
            row.getString(0), row.getLong(1), row.getLong(2), row.getString(5), row.getString(7));
    segment.events = row.getLong(3);
    segment.value = value(row, 4);
    segment.lastEvent = row.getString(6);
    segment.lastItem = row.getString(8);
    return segment;
  }

  private static Optional<Double> value(Row row, int at) {
    return row.isNullAt(at) ? Optional.empty() : Optional.of(row.getDouble(at));
  }

  /** Whether what comes at that time, not before this one's end, belongs to the same session. */
  boolean reaches(String nextUser, long at, long timeoutMicros) {
    return nextUser.equals(user) && at - to <= timeoutMicros;
  }

  /** Whether the later one is of the same session. */
  boolean reaches(Segment later, long timeoutMicros) {
    return reaches(later.user, later.from, timeoutMicros);
  }

  /** Takes the next event of the session. */
  void add(Row event) {
    to = event.getLong(1);
    events++;
    lastEvent = event.getString(2);
    lastItem = event.getString(3);
    add(value(event, 4));
  }

  /** Takes what follows. */
  void add(Segment later) {
    to = later.to;
    events += later.events;
    lastEvent = later.lastEvent;
    lastItem = later.lastItem;
    add(later.value);
  }

  private void add(Optional<Double> more) {
    if (more.isPresent()) {
      value = Optional.of(value.orElse(0.0) + more.get());
    }
  }

  Row row() {
    return RowFactory.create(cells());
  }

  /** As {@link #SCHEMA}, with the partition and the segment's place in it behind. */
  Row row(int partition, int edge) {
    Object[] cells = java.util.Arrays.copyOf(cells(), SCHEMA.size() + 2);
    cells[SCHEMA.size()] = partition;
    cells[SCHEMA.size() + 1] = edge;
    return RowFactory.create(cells);
  }

  private Object[] cells() {
    return new Object[] {
      user, from, to, events, value.orElse(null), firstEvent, lastEvent, firstItem, lastItem
    };
  }
}
