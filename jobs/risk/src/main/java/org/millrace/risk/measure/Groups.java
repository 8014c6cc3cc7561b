package org.millrace.risk.measure;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.millrace.eval.Metric;
import org.millrace.outcome.Stop;
import org.millrace.risk.model.Task;

/** What a model said by the values of one column; tallies of parts of a table add up. */
public final class Groups implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A column of more values is not one of groups. */
  static final int MOST_GROUPS = 100;

  /** Differences between groups are told of those that have so many rows: fewer are chance. */
  static final int LEAST_ROWS = 30;

  private static final String MISSING = "(missing)";

  private final String column;
  private final Task task;
  private final double threshold;
  private final Map<String, GroupTally> byValue = new TreeMap<>();
  private boolean tooMany;

  Groups(String column, Task task, double threshold) {
    this.column = column;
    this.task = task;
    this.threshold = threshold;
  }

  /**
   * @param value of the column; null where it is missing
   */
  void add(Object value, double truth, double[] said) {
    String group = value == null ? MISSING : value.toString();
    if (!tooMany) {
      byValue.computeIfAbsent(group, g -> new GroupTally()).add(task, truth, said, threshold);
      bound();
    }
  }

  void merge(Groups other) {
    tooMany |= other.tooMany;
    other.byValue.forEach(
        (group, tally) -> byValue.computeIfAbsent(group, g -> new GroupTally()).merge(tally));
    bound();
  }

  private void bound() {
    if (tooMany || byValue.size() > MOST_GROUPS) {
      tooMany = true;
      byValue.clear();
    }
  }

  public String column() {
    return column;
  }

  /**
   * By value, in the order of the values.
   *
   * @throws Stop exit 2 where the column has too many
   */
  public Map<String, GroupTally> byValue() {
    if (tooMany) {
      throw Stop.usage(
          "groups names column %s, which has more than %d values; name columns that tell groups of rows apart, such as a"
              + " region or a band of ages",
          column, MOST_GROUPS);
    }
    return byValue;
  }

  /**
   * The greatest difference between groups of {@link #LEAST_ROWS} rows or more: in selection rate
   * (demographic parity), in true positive rate (equal opportunity) and in false positive rate; for
   * a regression in mean error. Each is 0 where all groups fare alike, and NaN where there are not
   * two such groups. (Hardt, Price and Srebro, Equality of opportunity in supervised learning,
   * 2016.)
   */
  public List<Metric> differences() {
    if (task == Task.REGRESSION) {
      return List.of(difference("mean-error", g -> g.meanSaid() - g.meanTruth(), g -> true));
    }
    return List.of(
        difference("demographic-parity", g -> g.confusion().selectionRate(), g -> true),
        difference("equal-opportunity", g -> g.confusion().recall(), g -> g.meanTruth() > 0),
        difference(
            "false-positive-rate", g -> g.confusion().falsePositiveRate(), g -> g.meanTruth() < 1));
  }

  private Metric difference(
      String name,
      ToDoubleFunction<GroupTally> rate,
      java.util.function.Predicate<GroupTally> defined) {
    List<Double> rates = new ArrayList<>();
    for (GroupTally group : byValue().values()) {
      if (group.rows() >= LEAST_ROWS && defined.test(group)) {
        rates.add(rate.applyAsDouble(group));
      }
    }
    double least = rates.stream().mapToDouble(r -> r).min().orElse(Double.NaN);
    double most = rates.stream().mapToDouble(r -> r).max().orElse(Double.NaN);
    return Metric.lowerIsBetter(
        "%s-difference-%s".formatted(name, column), rates.size() < 2 ? Double.NaN : most - least);
  }
}
