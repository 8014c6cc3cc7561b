package org.millrace.forecast.backtest;

/**
 * What the seasonal naive forecast of one step errs on the steps that are learnt from.
 *
 * @param absolute mean absolute seasonal difference; 0 where there is none
 * @param squared mean squared seasonal difference
 */
record Scale(double absolute, double squared) {

  /**
   * @param values the first {@code end} of them count
   * @param season 1 where there is none
   */
  static Scale of(double[] values, int end, int season) {
    int lag = end > season ? season : 1;
    double absolute = 0;
    double squared = 0;
    for (int t = lag; t < end; t++) {
      double difference = values[t] - values[t - lag];
      absolute += Math.abs(difference);
      squared += difference * difference;
    }
    int count = Math.max(1, end - lag);
    return new Scale(absolute / count, squared / count);
  }
}
