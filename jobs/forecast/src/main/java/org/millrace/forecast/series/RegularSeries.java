package org.millrace.forecast.series;

import java.util.Arrays;
import java.util.Optional;

/**
 * A series on its calendar, a value for each step.
 *
 * @param first number of the first step
 * @param values what methods learn from: finite
 * @param truth what the table says; NaN in steps that were filled
 * @param seasons usual ones of the frequency, those that the series is too short for left out
 * @param regressors of the steps of values, and of the known steps behind them
 * @param unusable why forecasts must do without the regressors; empty where they need not
 * @param filled steps without a value in the table
 * @param replaced outliers
 * @param dropped rows or steps beyond the limit, the oldest ones
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
public record RegularSeries(
    Frequency frequency,
    Calendar calendar,
    long first,
    double[] values,
    double[] truth,
    int[] seasons,
    double[][] regressors,
    double[][] future,
    Optional<String> unusable,
    int filled,
    int replaced,
    long dropped) {

  public int length() {
    return values.length;
  }

  /** The first steps as a method sees them. */
  public History history(int end) {
    int[] own = Arrays.stream(seasons).filter(s -> covers(s, end)).toArray();
    double[][] past = new double[regressors.length][];
    for (int r = 0; r < past.length; r++) {
      past[r] = Arrays.copyOf(regressors[r], end);
    }
    return new History(Arrays.copyOf(values, end), own, past);
  }

  /** The shortest season must have been seen once, a longer one twice. */
  private boolean covers(int season, int length) {
    return season == seasons[0] ? length > season : length >= 2 * season;
  }

  /** Regressors of the steps behind the first ones. */
  public double[][] futureOf(int end, int horizon) {
    double[][] part = new double[regressors.length][horizon];
    for (int r = 0; r < part.length; r++) {
      for (int h = 0; h < horizon; h++) {
        int at = end + h;
        part[r][h] = at < length() ? regressors[r][at] : future[r][at - length()];
      }
    }
    return part;
  }

  /** The same series for methods that know nothing beside it. */
  public RegularSeries withoutRegressors() {
    return new RegularSeries(
        frequency,
        calendar,
        first,
        values,
        truth,
        seasons,
        new double[0][],
        new double[0][],
        unusable,
        filled,
        replaced,
        dropped);
  }

  /** The time of a step, in microseconds since 1970; its first step is 0. */
  public long time(int step) {
    return calendar.time(first + step);
  }
}
