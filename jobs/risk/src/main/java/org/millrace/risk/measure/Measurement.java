package org.millrace.risk.measure;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.risk.model.Task;

/**
 * What a model said of labelled rows, beside what who always says the same would have said, and by
 * groups: one pass over the rows, of which only tallies reach the driver.
 */
public final class Measurement implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TaskTally model;
  private final TaskTally naive;
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
   * @param groups columns by which it is measured too
   */
  public record Plan(
      Task task, double threshold, List<Double> constant, String label, List<String> groups) {
    public Plan {
      constant = List.copyOf(constant);
      groups = List.copyOf(groups);
    }

    private Measurement empty() {
      Measurement empty =
          new Measurement(
              TaskTally.of(task, constant.size(), threshold),
              TaskTally.of(task, constant.size(), threshold));
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
    int[] places = plan.groups().stream().mapToInt(rows.schema()::fieldIndex).toArray();
    double[] constant = plan.said();
    return rows.javaRDD()
        .treeAggregate(
            plan.empty(),
            (measured, row) ->
                measured.add(row, row.getDouble(label), teller.tell(row), constant, places),
            Measurement::merge);
  }

  private Measurement add(
      Row row, double truth, double[] said, double[] constant, int[] groupPlaces) {
    model.add(truth, said);
    naive.add(truth, constant);
    for (int g = 0; g < groupPlaces.length; g++) {
      groups.get(g).add(row.get(groupPlaces[g]), truth, said);
    }
    return this;
  }

  private Measurement merge(Measurement other) {
    model.merge(other.model);
    naive.merge(other.naive);
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

  public List<Groups> groups() {
    return List.copyOf(groups);
  }
}
