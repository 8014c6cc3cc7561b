package org.millrace.features.behaviour;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Goes over one partition of sorted events and gives the {@link FunnelState} of each user in it.
 */
final class FunnelScan implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  static final StructType SCHEMA =
      new StructType()
          .add("user", DataTypes.StringType)
          .add("partition", DataTypes.IntegerType)
          .add("state", DataTypes.createArrayType(DataTypes.LongType, false));

  private final List<String> steps;
  private final long withinMicros;

  FunnelScan(List<String> steps, long withinMicros) {
    this.steps = new java.util.ArrayList<>(steps);
    this.withinMicros = withinMicros;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> events) {
    int partition = TaskContext.getPartitionId();
    return new Iterator<>() {
      private Row event = events.hasNext() ? events.next() : null;

      @Override
      public boolean hasNext() {
        return event != null;
      }

      @Override
      public Row next() {
        if (event == null) {
          throw new NoSuchElementException();
        }
        String user = event.getString(0);
        FunnelState state = new FunnelState(steps.size(), withinMicros);
        while (event != null && event.getString(0).equals(user)) {
          state.add(does(event.getString(2)), event.getLong(1));
          event = events.hasNext() ? events.next() : null;
        }
        return RowFactory.create(user, partition, state.toArray());
      }
    };
  }

  private boolean[] does(String event) {
    boolean[] does = new boolean[steps.size()];
    for (int i = 0; i < does.length; i++) {
      does[i] = steps.get(i).equals(event);
    }
    return does;
  }
}
