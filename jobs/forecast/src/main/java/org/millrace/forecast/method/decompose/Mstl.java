package org.millrace.forecast.method.decompose;

import java.util.Arrays;
import org.millrace.forecast.method.Method.Unfit;

/**
 * The decomposition of a series into several seasons, a trend and a remainder: STL of one season
 * after the other, shortest first, each on what the others leave, twice over.
 *
 * <p>Source: Bandara, Hyndman and Bergmeir, MSTL: a seasonal-trend decomposition algorithm for time
 * series with multiple seasonal patterns (2021); R: {@code forecast::mstl}, whose windows it takes.
 */
public final class Mstl {
  private static final int ROUNDS = 2;
  private static final int FIRST_WINDOW = 11;
  private static final int WIDER = 4;

  private final int[] periods;
  private final double[][] seasons;
  private final double[] rest;

  /**
   * Decomposes a series; periods of which it has not more than two are left out.
   *
   * @param periods ascending, each at least 2
   * @throws Unfit if the thread is interrupted
   */
  public Mstl(double[] y, int[] periods) throws Unfit {
    this.periods = Arrays.stream(periods).filter(p -> 2 * p < y.length).toArray();
    seasons = new double[this.periods.length][y.length];
    rest = y.clone();
    int rounds = this.periods.length == 1 ? 1 : ROUNDS;
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < seasons.length; i++) {
        if (Thread.currentThread().isInterrupted()) {
          throw new Unfit("time limit");
        }
        add(rest, seasons[i], 1);
        seasons[i] = new Stl(rest, this.periods[i], FIRST_WINDOW + WIDER * i).season();
        add(rest, seasons[i], -1);
      }
    }
  }

  private static void add(double[] values, double[] season, int sign) {
    for (int t = 0; t < values.length; t++) {
      values[t] += sign * season[t];
    }
  }

  /** Those that the series is long enough for. */
  public int[] periods() {
    return periods;
  }

  /** The season of each period. */
  public double[][] seasons() {
    return seasons;
  }

  /** The series without its seasons: trend and remainder. */
  public double[] adjusted() {
    return rest;
  }
}
