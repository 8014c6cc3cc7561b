package org.millrace.features.behaviour;

import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.config.Check;
import scala.collection.JavaConverters;

/**
 * A funnel: how many users did its steps, one after the other. Other events may lie between them; a
 * user counts for a step if any chain of events that led to it took no longer than allowed.
 *
 * @param steps kinds of events, in their order
 * @param within longest time from the first step to the last
 */
public record Funnel(List<String> steps, Duration within) {
  private static final int MOST_STEPS = 50;
  private static final StructType SCHEMA =
      new StructType()
          .add("step", DataTypes.IntegerType)
          .add("event", DataTypes.StringType)
          .add("users", DataTypes.LongType)
          .add("share_of_all", DataTypes.DoubleType)
          .add("share_of_previous", DataTypes.DoubleType);

  public Funnel {
    Check.that(
        steps.size() >= 2 && steps.size() <= MOST_STEPS, "steps", steps, "2 to 50 kinds of events");
    Check.that(!within.isNegative() && !within.isZero(), "within", within, "a duration above zero");
    steps = List.copyOf(steps);
  }

  /**
   * How many steps each user reached who did anything that is a step: user, reached (int).
   *
   * @param events of {@link EventChecks#accepted}
   */
  public Dataset<Row> reached(Dataset<Row> events) {
    List<String> names = new ArrayList<>(steps);
    int count = steps.size();
    long micros = within.toNanos() / 1000;
    Column[] literals = names.stream().map(s -> lit(s)).toArray(Column[]::new);
    // Of events at one instant those of earlier steps come first.
    Dataset<Row> sorted =
        SortedEvents.of(
            events
                .filter(col("event").isin(names.toArray()))
                .select(
                    col("user"),
                    col("micros"),
                    col("event"),
                    array_position(org.apache.spark.sql.functions.array(literals), col("event"))
                        .as("place")),
            "place");
    UDF1<scala.collection.Seq<Row>, Integer> merge = parts -> merged(parts, count, micros);
    return sorted
        .mapPartitions(new FunnelScan(names, micros), Encoders.row(FunnelScan.SCHEMA))
        .groupBy("user")
        .agg(sort_array(collect_list(struct("partition", "state"))).as("parts"))
        .select(col("user"), udf(merge, DataTypes.IntegerType).apply(col("parts")).as("reached"));
  }

  private static int merged(scala.collection.Seq<Row> parts, int steps, long within) {
    FunnelState all = new FunnelState(steps, within);
    for (Row part : JavaConverters.seqAsJavaList(parts)) {
      List<Long> state = part.getList(1);
      long[] numbers = state.stream().mapToLong(Long::longValue).toArray();
      all.add(FunnelState.of(numbers, steps, within));
    }
    return all.reached();
  }

  /**
   * A row for each step, and one before them (step 0) of all users: step, event (null for 0),
   * users, share_of_all, share_of_previous (null for 0 and where nobody came so far).
   *
   * @param allUsers users with any event
   */
  public Dataset<Row> table(Dataset<Row> events, long allUsers) {
    long[] exactly = new long[steps.size() + 1];
    for (Row row : reached(events).groupBy("reached").count().collectAsList()) {
      exactly[row.getInt(0)] = row.getLong(1);
    }
    List<Row> rows = new ArrayList<>();
    rows.add(RowFactory.create(0, null, allUsers, 1.0, null));
    long previous = allUsers;
    for (int step = 1; step <= steps.size(); step++) {
      long users = 0;
      for (int further = step; further <= steps.size(); further++) {
        users += exactly[further];
      }
      rows.add(
          RowFactory.create(
              step,
              steps.get(step - 1),
              users,
              (double) users / allUsers,
              previous == 0 ? null : (double) users / previous));
      previous = users;
    }
    return events.sparkSession().createDataFrame(rows, SCHEMA);
  }
}
