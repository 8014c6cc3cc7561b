package org.millrace.forecast.backtest;

/**
 * Where the past of a rolling-origin evaluation ends (Tashman, Out-of-sample tests of forecasting
 * accuracy, IJF 16, 2000).
 *
 * @param windows most origins
 * @param step from origin to origin
 * @param horizon steps that are forecast from each
 * @param leastHistory steps before the oldest origin
 */
public record Origins(int windows, int step, int horizon, int leastHistory)
    implements java.io.Serializable {

  /**
   * How many windows later another one is over when a window begins: what can be known at its
   * origin. 1 where windows do not overlap.
   */
  public int lag() {
    return (horizon + step - 1) / step;
  }

  /** Lengths of the pasts, the longest first; fewer than asked for where the series is short. */
  int[] of(int length) {
    int longest = length - horizon;
    int count = longest < leastHistory ? 0 : Math.min(windows, (longest - leastHistory) / step + 1);
    int[] origins = new int[count];
    for (int w = 0; w < count; w++) {
      origins[w] = longest - w * step;
    }
    return origins;
  }
}
