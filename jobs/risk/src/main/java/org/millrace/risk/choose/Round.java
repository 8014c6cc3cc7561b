package org.millrace.risk.choose;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;
import org.millrace.risk.learn.Examples;

/**
 * One round of a cross-validation.
 *
 * @param validated the fold that is predicted
 * @param onlyEarlier whether only folds of smaller numbers are learnt from; else all others
 */
public record Round(int validated, boolean onlyEarlier) {

  /** The condition on rows that are learnt from. */
  Column learnt() {
    Column fold = col(Examples.FOLD);
    return onlyEarlier ? fold.lt(validated) : fold.notEqual(validated);
  }

  /** The condition on rows that are predicted. */
  Column predicted() {
    return col(Examples.FOLD).equalTo(validated);
  }

  /** Whether rows of a fold are learnt from. */
  public boolean learns(int fold) {
    return onlyEarlier ? fold < validated : fold != validated;
  }
}
