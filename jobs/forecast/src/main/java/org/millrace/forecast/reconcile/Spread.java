package org.millrace.forecast.reconcile;

import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;

/** What quantiles say of a variance. */
final class Spread {
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  private Spread() {}

  /** Of a normal distribution with the same distance between the outermost quantiles; 0 of one. */
  static double variance(List<Double> probabilities, List<Double> quantiles) {
    int last = probabilities.size() - 1;
    if (last == 0) {
      return 0;
    }
    double width =
        NORMAL.inverseCumulativeProbability(probabilities.get(last))
            - NORMAL.inverseCumulativeProbability(probabilities.get(0));
    double deviation = (quantiles.get(last) - quantiles.get(0)) / width;
    return deviation * deviation;
  }
}
