package org.millrace.eval;

/**
 * Platt scaling: a straight line from scores to the log-odds of an outcome (Platt, Probabilistic
 * outputs for support vector machines, 1999), with targets that keep away from 0 and 1.
 *
 * @param slope log-odds for each unit of the score
 * @param intercept log-odds at a score of 0
 */
public record PlattLine(double slope, double intercept) {

  /**
   * Fits the line on scores of rows that were not learnt from.
   *
   * @param scores any numbers, such as log-odds
   * @param without rows without the outcome at each score
   * @param with rows with it
   */
  public static PlattLine fit(double[] scores, double[] without, double[] with) {
    return new PlattNewton(scores, without, with).fit();
  }
}
