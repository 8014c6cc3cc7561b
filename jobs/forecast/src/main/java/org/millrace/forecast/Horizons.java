package org.millrace.forecast;

import java.util.List;
import org.millrace.config.Check;

/** What may be asked of forecasts. */
final class Horizons {
  private static final int LONGEST = 10_000;

  private Horizons() {}

  static void require(int horizon) {
    Check.that(
        horizon >= 1 && horizon <= LONGEST,
        "horizon",
        horizon,
        "1..%d steps behind the last value".formatted(LONGEST));
  }

  static void requireProbabilities(List<Double> quantiles) {
    boolean ascending = !quantiles.isEmpty();
    double before = 0;
    for (double p : quantiles) {
      ascending &= p > before && p < 1;
      before = p;
    }
    Check.that(
        ascending,
        "quantiles",
        quantiles,
        "probabilities between 0 and 1, each above the one before");
  }
}
