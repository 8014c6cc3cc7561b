package org.millrace.table;

/**
 * What went in and what came of it; {@code in = scored + rejected}, or nothing is published.
 *
 * @param unit what is counted: {@code row} where each row of the input gives one of the output,
 *     else such as {@code user}
 */
public record RowCounts(String unit, long in, long scored, long rejected) {

  /** Whether nothing was lost. */
  boolean reconcile() {
    return in == scored + rejected;
  }
}
