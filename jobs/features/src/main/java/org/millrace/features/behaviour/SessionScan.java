package org.millrace.features.behaviour;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Goes over one partition of sorted events and gives its segments, one at a time: only the first
 * and the last of a partition may be parts of sessions that go on in another one.
 */
final class SessionScan implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  static final int INNER = 0;
  static final int FIRST = 1;
  static final int LAST = 2;

  static final StructType SCHEMA =
      Segment.SCHEMA.add("partition", DataTypes.IntegerType).add("edge", DataTypes.IntegerType);

  private final long timeoutMicros;

  SessionScan(long timeoutMicros) {
    this.timeoutMicros = timeoutMicros;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> events) {
    int partition = TaskContext.getPartitionId();
    return new Iterator<>() {
      private Segment next = events.hasNext() ? Segment.begin(events.next()) : null;
      private int edge = FIRST;

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public Row next() {
        if (next == null) {
          throw new NoSuchElementException();
        }
        Segment current = next;
        next = null;
        while (events.hasNext() && next == null) {
          Row event = events.next();
          if (current.reaches(event.getString(0), event.getLong(1), timeoutMicros)) {
            current.add(event);
          } else {
            next = Segment.begin(event);
          }
        }
        Row row = current.row(partition, next == null ? edge | LAST : edge);
        edge = INNER;
        return row;
      }
    };
  }
}
