package org.millrace.risk.measure;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.risk.model.Task;

/**
 * What a model said of labelled rows, beside what who always says the same would have said, and
 * others whose word stands in the rows, and by groups: one pass over the rows, of which only
 * tallies reach the driver.
 */
public final class Measurement implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TaskTally model;
  private final TaskTally naive;
  private final ArrayList<TaskTally> rivals = new ArrayList<>();
  private final ArrayList<Groups> groups = new ArrayList<>();

  /** A model as a function of a row. */
  @FunctionalInterface
  public interface Teller extends Serializable {
    /**
     * What it says.
     *
     * @return the probability of the positive class, one of each class, or the value; the array may
     *     be filled again by the next call
     */
    double[] tell(Row row);
  }

  /**
   * What is measured.
   *
   * @param threshold from which probability on rows of a binary task are selected
   * @param constant what who knows nothing of a row says of it: shares of the classes, or the mean
   * @param label the column with the truth as a number
   * @param rivals columns of numbers with what others say of a row, none of them missing
   * @param groups columns by which it is measured too
   */
  public record Plan(
      Task task,
      double threshold,
      List<Double> constant,
      String label,
      List<String> rivals,
      List<String> groups) {
    public Plan {
      constant = List.copyOf(constant);
      rivals = List.copyOf(rivals);
      groups = List.copyOf(groups);
    }

    private Measurement empty() {
      Measurement empty =
          new Measurement(
              TaskTally.of(task, constant.size(), threshold),
              TaskTally.of(task, constant.size(), threshold));
      rivals.forEach(r -> empty.rivals.add(TaskTally.of(task, constant.size(), threshold)));
      for (String column : groups) {
        empty.groups.add(new Groups(column, task, threshold));
      }
      return empty;
    }

    private double[] said() {
      return task == Task.BINARY
          ? new double[] {constant.get(constant.size() - 1)}
          : constant.stream().mapToDouble(s -> s).toArray();
    }
  }

  private Measurement(TaskTally model, TaskTally naive) {
    this.model = model;
    this.naive = naive;
  }

  /** Lets a model tell rows, each of which has a label. */
  public static Measurement of(Dataset<Row> rows, Teller teller, Plan plan) {
    int label = rows.schema().fieldIndex(plan.label());
    int[] rivals = places(rows, plan.rivals());
    int[] groups = places(rows, plan.groups());
    double[] constant = plan.said();
    return rows.javaRDD()
        .treeAggregate(
            plan.empty(),
            (measured, row) -> {
              double truth = row.getDouble(label);
              double[] said = teller.tell(row);
              measured.model.add(truth, said);
              measured.naive.add(truth, constant);
              for (int r = 0; r < rivals.length; r++) {
                measured.rivals.get(r).add(truth, new double[] {row.getDouble(rivals[r])});
              }
              for (int g = 0; g < groups.length; g++) {
                measured.groups.get(g).add(row.get(groups[g]), truth, said);
              }
              return measured;
            },
            Measurement::merge);
  }

  private static int[] places(Dataset<Row> rows, List<String> columns) {
    return columns.stream().mapToInt(rows.schema()::fieldIndex).toArray();
  }

  private Measurement merge(Measurement other) {
    model.merge(other.model);
    naive.merge(other.naive);
    for (int r = 0; r < rivals.size(); r++) {
      rivals.get(r).merge(other.rivals.get(r));
    }
    for (int g = 0; g < groups.size(); g++) {
      groups.get(g).merge(other.groups.get(g));
    }
    return this;
  }

  public TaskTally model() {
    return model;
  }

  /** Of who always says the same. */
  public TaskTally naive() {
    return naive;
  }

  /** Of those whose word stands in the rows, in the order of the plan. */
  public List<TaskTally> rivals() {
    return List.copyOf(rivals);
  }

  public List<Groups> groups() {
    return List.copyOf(groups);
  }
}
