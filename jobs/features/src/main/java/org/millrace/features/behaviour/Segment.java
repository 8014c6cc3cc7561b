package org.millrace.features.behaviour;

import java.util.Arrays;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Events of one user, none further from the one before than the timeout: a session, or the part of
 * one that lies in one partition. Times are microseconds since 1970 UTC. Rows and texts are as
 * Spark itself holds them: there is a segment for every few events, and no text is read but for
 * being equal.
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

  private final UTF8String user;
  private final long from;
  private long to;
  private long events;
  private double value;
  private boolean hasValue;
  private final UTF8String firstEvent;
  private UTF8String lastEvent;
  private final UTF8String firstItem;
  private UTF8String lastItem;

  private Segment(UTF8String user, long from, UTF8String firstEvent, UTF8String firstItem) {
    this.user = kept(user);
    this.from = from;
    this.firstEvent = kept(firstEvent);
    this.firstItem = kept(firstItem);
    this.lastEvent = this.firstEvent;
    this.lastItem = this.firstItem;
  }

  /** Begins with an event: user, micros, event, item, value. */
  static Segment begin(InternalRow event) {
    Segment segment =
        new Segment(
            event.getUTF8String(0),
            event.getLong(1),
            event.getUTF8String(2),
            event.getUTF8String(3));
    segment.add(event);
    return segment;
  }

  /** Reads what {@link #row} wrote. */
  static Segment of(InternalRow row) {
    Segment segment =
        new Segment(
            row.getUTF8String(0), row.getLong(1), row.getUTF8String(5), row.getUTF8String(7));
    segment.to = row.getLong(2);
    segment.events = row.getLong(3);
    segment.addValue(row, 4);
    segment.lastEvent = kept(row.getUTF8String(6));
    segment.lastItem = kept(row.getUTF8String(8));
    return segment;
  }

  /** Takes an event that is not before this one's end, if it is of the same session. */
  boolean takes(InternalRow event, long timeoutMicros) {
    if (!reaches(event.getUTF8String(0), event.getLong(1), timeoutMicros)) {
      return false;
    }
    add(event);
    return true;
  }

  /** Takes a segment that is not before this one's end, if it is of the same session. */
  boolean takes(Segment later, long timeoutMicros) {
    if (!reaches(later.user, later.from, timeoutMicros)) {
      return false;
    }
    to = later.to;
    events += later.events;
    lastEvent = later.lastEvent;
    lastItem = later.lastItem;
    value += later.value;
    hasValue |= later.hasValue;
    return true;
  }

  private boolean reaches(UTF8String nextUser, long at, long timeoutMicros) {
    return at - to <= timeoutMicros && nextUser.equals(user);
  }

  private void add(InternalRow event) {
    to = event.getLong(1);
    events++;
    lastEvent = latest(lastEvent, event.getUTF8String(2));
    lastItem = latest(lastItem, event.getUTF8String(3));
    addValue(event, 4);
  }

  private void addValue(InternalRow row, int at) {
    if (!row.isNullAt(at)) {
      value += row.getDouble(at);
      hasValue = true;
    }
  }

  private static UTF8String latest(UTF8String before, UTF8String now) {
    return Objects.equals(before, now) ? before : kept(now);
  }

  /** A text of its own: that of a row is overwritten by the next row. */
  private static UTF8String kept(UTF8String text) {
    return text == null ? null : text.clone();
  }

  InternalRow row() {
    return new GenericInternalRow(cells());
  }

  /** As {@link #SCHEMA}, with the partition and the segment's place in it behind. */
  InternalRow row(int partition, int edge) {
    Object[] cells = Arrays.copyOf(cells(), SCHEMA.size() + 2);
    cells[SCHEMA.size()] = partition;
    cells[SCHEMA.size() + 1] = edge;
    return new GenericInternalRow(cells);
  }

  private Object[] cells() {
    return new Object[] {
      user, from, to, events, hasValue ? value : null, firstEvent, lastEvent, firstItem, lastItem
    };
  }
}
