package org.millrace.risk.choose;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.eval.ClassificationTally;
import org.millrace.eval.ErrorTally;
import org.millrace.eval.Metric;
import org.millrace.risk.model.Task;
import scala.collection.Seq;

/** Measures what was said of rows beside what was true, in one pass and bounded space. */
public final class Judge {
  /** An array of doubles: one probability, one a class, or the predicted value. */
  public static final String SAID = "said";

  private Judge() {}

  /**
   * All metrics of the task.
   *
   * @param rows with the columns {@code label} and {@link #SAID}
   */
  public static List<Metric> measure(Dataset<Row> rows, Task task, int classes) {
    var said = rows.select("label", SAID).javaRDD();
    if (task == Task.REGRESSION) {
      return said.treeAggregate(new ErrorTally(), Judge::add, ErrorTally::merge).metrics();
    }
    return said.treeAggregate(
            new ClassificationTally(classes), Judge::add, ClassificationTally::merge)
        .metrics();
  }

  private static ErrorTally add(ErrorTally tally, Row row) {
    tally.add(row.getDouble(0), (Double) row.<Seq<Object>>getAs(1).apply(0));
    return tally;
  }

  private static ClassificationTally add(ClassificationTally tally, Row row) {
    Seq<Object> said = row.getAs(1);
    float[] probabilities = new float[Math.max(2, said.size())];
    if (said.size() == 1) {
      probabilities[1] = ((Double) said.apply(0)).floatValue();
      probabilities[0] = 1 - probabilities[1];
    } else {
      for (int c = 0; c < probabilities.length; c++) {
        probabilities[c] = ((Double) said.apply(c)).floatValue();
      }
    }
    tally.add((int) row.getDouble(0), probabilities);
    return tally;
  }

  /** The names of the metrics of a task. */
  public static List<String> names(Task task) {
    return task == Task.REGRESSION ? ErrorTally.names() : ClassificationTally.names();
  }

  /** What is chosen by where a use case says nothing. */
  public static String usual(Task task) {
    return switch (task) {
      case BINARY -> "roc-auc";
      case MULTICLASS -> "log-loss";
      case REGRESSION -> "rmse";
    };
  }
}
