package org.millrace.risk;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.millrace.risk.model.Task;

/**
 * What a model says of a row.
 *
 * @param classes of a classification by their index; of a binary task the positive one stands
 *     second. Empty for a regression
 * @param shares of the classes among the training rows; for a regression the mean of the label
 */
public record FittedLabel(String column, Task task, List<String> classes, List<Double> shares)
    implements Serializable {

  public FittedLabel {
    classes = List.copyOf(classes);
    shares = List.copyOf(shares);
  }

  /** At least 1. */
  public int size() {
    return Math.max(1, classes.size());
  }

  /** The positive class of a binary task. */
  public Optional<String> positive() {
    return task == Task.BINARY ? Optional.of(classes.get(1)) : Optional.empty();
  }

  FittedLabel withShares(List<Double> measured) {
    return new FittedLabel(column, task, classes, measured);
  }

  /** The label as a number: the index of the class or the value; null where it is none of these. */
  public Column asNumber(Column label) {
    if (task == Task.REGRESSION) {
      return label.cast("double");
    }
    Column[] places = new Column[2 * classes.size()];
    for (int c = 0; c < classes.size(); c++) {
      places[2 * c] = functions.lit(classes.get(c));
      places[2 * c + 1] = functions.lit((double) c);
    }
    return functions.element_at(functions.map(places), label.cast("string"));
  }
}
