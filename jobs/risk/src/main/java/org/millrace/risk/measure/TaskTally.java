package org.millrace.risk.measure;

import java.io.Serializable;
import java.util.List;
import org.millrace.eval.Metric;
import org.millrace.risk.model.Task;

/**
 * What a model said beside what was true, in space that does not grow with the rows; tallies of
 * parts of a table add up.
 */
public sealed interface TaskTally extends Serializable
    permits BinaryTally, ClassesTally, NumbersTally {
  /** What rows are selected by where no threshold was decided on. */
  double USUAL_THRESHOLD = 0.5;

  /**
   * An empty tally.
   *
   * @param classes of a multiclass task
   * @param threshold from which probability on rows of a binary task are taken for positive
   */
  static TaskTally of(Task task, int classes, double threshold) {
    return switch (task) {
      case BINARY -> new BinaryTally(threshold);
      case MULTICLASS -> new ClassesTally(classes);
      case REGRESSION -> new NumbersTally();
      case ANOMALY -> throw unmeasured();
    };
  }

  /**
   * Adds a row.
   *
   * @param truth 1 for the positive class and 0 for the other, the class's index, or the value
   * @param said the probability of the positive class, one of each class, or the value; not kept
   */
  void add(double truth, double[] said);

  /** Adds what another tally of the same task has counted. */
  TaskTally merge(TaskTally other);

  long rows();

  List<Metric> metrics();

  /** Nobody may ask: without labels there is nothing to measure by. */
  static IllegalArgumentException unmeasured() {
    return new IllegalArgumentException("a model that was trained without labels is not measured");
  }

  /** The names of the metrics of a task. */
  static List<String> names(Task task) {
    return of(task, 2, USUAL_THRESHOLD).metrics().stream().map(Metric::name).toList();
  }
}
