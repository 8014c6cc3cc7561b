package org.millrace.risk.learn;

import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.risk.model.FeatureMap;
import org.millrace.risk.model.Task;

/**
 * Encoded rows to learn from.
 *
 * @param rows with the columns that are named here; more may stand beside them
 * @param features what stands where in {@link #FEATURES}
 * @param classes of a classification; 1 for a regression
 */
public record Examples(Dataset<Row> rows, FeatureMap features, Task task, int classes) {
  /** A dense MLlib vector of {@link FeatureMap#size()} values that floats hold; NaN is missing. */
  public static final String FEATURES = "features";

  /** A double: 1 for the positive class and 0 for the other, the class's index, or the value. */
  public static final String LABEL = "label";

  /** A double above 0: how much the row counts. */
  public static final String WEIGHT = "weight";

  /** A long that is the row's own, whatever stands where: for all that is drawn by chance. */
  public static final String ID = "id";

  /** An int: the fold that the row is in. */
  public static final String FOLD = "fold";

  /** An int: the fold in whose time the row's label is known, which is the row's own or a later. */
  public static final String KNOWN = "known";

  /** The same with other rows, such as a part of them. */
  public Examples with(UnaryOperator<Dataset<Row>> change) {
    return new Examples(change.apply(rows), features, task, classes);
  }
}
