package org.millrace.forecast.method;

/** What a method expects of the steps that follow a series. */
public interface Prediction {

  int horizon();

  /**
   * The expected value.
   *
   * @param step 0 is the first step behind the history
   */
  double mean(int step);

  /**
   * The value that the step stays below with a probability.
   *
   * @param probability between 0 and 1, both excluded
   */
  double quantile(int step, double probability);

  /** What is to be said of it beside the description of what was fitted; mostly empty. */
  default String note() {
    return "";
  }
}
