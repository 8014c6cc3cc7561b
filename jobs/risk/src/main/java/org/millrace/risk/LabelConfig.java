package org.millrace.risk;

import java.util.Optional;
import org.millrace.config.Check;
import org.millrace.risk.model.Task;

/**
 * What is to be told of a row.
 *
 * @param column absent where the table has no labels
 * @param positive the class whose probability is told in a binary task
 */
public record LabelConfig(Optional<String> column, Optional<String> positive, Kind task) {

  /** The task, or by the column: a number is a value, all else are classes. */
  public enum Kind {
    AUTO,
    BINARY,
    MULTICLASS,
    REGRESSION;

    Optional<Task> task() {
      return switch (this) {
        case AUTO -> Optional.empty();
        case BINARY -> Optional.of(Task.BINARY);
        case MULTICLASS -> Optional.of(Task.MULTICLASS);
        case REGRESSION -> Optional.of(Task.REGRESSION);
      };
    }
  }

  public LabelConfig {
    column.ifPresent(name -> Check.that(!name.isBlank(), "column", name, "the name of a column"));
    Check.that(
        column.isPresent() || (positive.isEmpty() && task == Kind.AUTO),
        "column",
        "absent",
        "the name of the column with the label, where positive or task tell of it");
    Check.that(
        positive.isEmpty() || task == Kind.AUTO || task == Kind.BINARY,
        "positive",
        positive.orElse(""),
        "nothing, since only a binary task has a positive class");
  }

  /**
   * Its column.
   *
   * @throws java.util.NoSuchElementException where there are no labels
   */
  String name() {
    return column.orElseThrow();
  }

  /** What the configuration alone tells. */
  Optional<Task> told() {
    return positive.isPresent() ? Optional.of(Task.BINARY) : task.task();
  }
}
