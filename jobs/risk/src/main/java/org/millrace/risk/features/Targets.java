package org.millrace.risk.features;

import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * What target statistics are made of: the labels of training rows, and the folds that keep a row's
 * own label out of its features.
 *
 * @param label the column with the label as a double: the class's index or the value
 * @param fold the column with the row's fold, an int from 0
 * @param classes of which each but the first gets a statistic; 1 for numbers
 * @param informing of a fold the folds whose labels the features of its rows may be made of
 */
public record Targets(String label, String fold, int classes, IntFunction<IntPredicate> informing) {

  /** Statistics of a level. */
  int size() {
    return Math.max(1, classes - 1);
  }
}
