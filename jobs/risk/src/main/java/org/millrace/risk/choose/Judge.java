package org.millrace.risk.choose;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.Metric;
import org.millrace.risk.measure.TaskTally;
import org.millrace.risk.model.Task;
import scala.collection.Seq;

/** Measures what was said of rows beside what was true, in one pass and bounded space. */
public final class Judge {
  /** An array of doubles: one probability, one a class, or the predicted value. */
  public static final String SAID = "said";

  private Judge() {}

  /**
   * All metrics of the task; of a binary one those at a threshold are at 0.5.
   *
   * @param rows with the columns {@code label} and {@link #SAID}
   */
  public static List<Metric> measure(Dataset<Row> rows, Task task, int classes) {
    return rows.select("label", SAID)
        .javaRDD()
        .treeAggregate(
            TaskTally.of(task, classes, TaskTally.USUAL_THRESHOLD), Judge::add, TaskTally::merge)
        .metrics();
  }

  private static TaskTally add(TaskTally tally, Row row) {
    Seq<Object> said = row.getAs(1);
    double[] values = new double[said.size()];
    for (int c = 0; c < values.length; c++) {
      values[c] = (Double) said.apply(c);
    }
    tally.add(row.getDouble(0), values);
    return tally;
  }

  /** The names of the metrics of a task. */
  public static List<String> names(Task task) {
    return TaskTally.names(task);
  }

  /** What is chosen by where a use case says nothing. */
  public static String usual(Task task) {
    return switch (task) {
      case BINARY -> "roc-auc";
      case MULTICLASS -> "log-loss";
      case REGRESSION -> "rmse";
      case ANOMALY -> throw TaskTally.unmeasured();
    };
  }
}
