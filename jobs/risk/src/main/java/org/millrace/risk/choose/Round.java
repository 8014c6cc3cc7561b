package org.millrace.risk.choose;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;
import org.millrace.risk.learn.Examples;

/**
 * One round of a cross-validation.
 *
 * @param validated the fold that is predicted
 * @param onlyEarlier whether only rows are learnt from whose label is known in folds of smaller
 *     numbers; else those of all other folds
 */
public record Round(int validated, boolean onlyEarlier) {

  /** The condition on rows that are learnt from. */
  Column learnt() {
    return onlyEarlier ? col(Examples.KNOWN).lt(validated) : col(Examples.FOLD).notEqual(validated);
  }

  /** The condition on rows that are predicted. */
  Column predicted() {
    return col(Examples.FOLD).equalTo(validated);
  }

  /** Whether rows of a fold are learnt from, once their labels are known. */
  public boolean learns(int fold) {
    return onlyEarlier ? fold < validated : fold != validated;
  }
}
