package org.millrace.features.behaviour;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Goes over one partition of sorted events and gives its segments, one at a time: only the first
 * and the last of a partition may be parts of sessions that go on in another one.
 */
final class SessionScan implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
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
  public Iterator<InternalRow> call(Iterator<InternalRow> events) {
    int partition = TaskContext.getPartitionId();
    return new Iterator<>() {
      private Segment next = events.hasNext() ? Segment.begin(events.next()) : null;
      private int edge = FIRST;

      @Override
      public boolean hasNext() {
        return next != null;
      }

      @Override
      public InternalRow next() {
        if (next == null) {
          throw new NoSuchElementException();
        }
        Segment current = next;
        next = null;
        while (events.hasNext() && next == null) {
          InternalRow event = events.next();
          if (!current.takes(event, timeoutMicros)) {
            next = Segment.begin(event);
          }
        }
        InternalRow row = current.row(partition, next == null ? edge | LAST : edge);
        edge = INNER;
        return row;
      }
    };
  }
}
