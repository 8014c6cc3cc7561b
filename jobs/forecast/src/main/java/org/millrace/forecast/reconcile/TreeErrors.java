package org.millrace.forecast.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The errors of the series of a tree side by side, at the times that all of them have. */
final class TreeErrors {
  /** With fewer times nothing is known of covariances. */
  private static final int LEAST = 4;

  private TreeErrors() {}

  /**
   * Puts errors beside each other by their distance from the end.
   *
   * @param errors of each series, the newest last; NaN where a value is missing
   * @return by series and time, or nothing where there are fewer than four times
   */
  static Optional<double[][]> common(List<double[]> errors) {
    int longest = errors.stream().mapToInt(e -> e.length).min().orElse(0);
    List<Integer> back = new ArrayList<>();
    for (int b = longest; b >= 1; b--) {
      int at = b;
      if (errors.stream().allMatch(e -> Double.isFinite(e[e.length - at]))) {
        back.add(b);
      }
    }
    if (back.size() < LEAST) {
      return Optional.empty();
    }
    double[][] common = new double[errors.size()][back.size()];
    for (int i = 0; i < common.length; i++) {
      double[] own = errors.get(i);
      for (int t = 0; t < back.size(); t++) {
        common[i][t] = own[own.length - back.get(t)];
      }
    }
    return Optional.of(common);
  }
}
