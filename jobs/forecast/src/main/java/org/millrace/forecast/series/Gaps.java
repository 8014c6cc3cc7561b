package org.millrace.forecast.series;

import java.util.Arrays;
import org.millrace.forecast.series.Refused.Rule;

/** Steps without a value, NaN in arrays, and what stands in them. */
final class Gaps {
  private Gaps() {}

  static void require(double[] truth, SeriesRules rules, Frequency frequency) throws Refused {
    long gaps = Arrays.stream(truth).filter(Double::isNaN).count();
    if (gaps > 0 && rules.gaps() == SeriesLayout.Gaps.REFUSE) {
      throw new Refused(
          Rule.SERIES_GAPS,
          "%d of its %d steps have no value, and layout.gaps is refuse"
              .formatted(gaps, truth.length));
    }
    if (gaps > rules.maxGapShare() * truth.length) {
      throw new Refused(
          Rule.SERIES_GAPS,
          ("%d of its %d steps have no value, more than layout.max-gap-share %s, where its frequency is %s; set layout.frequency if it"
                  + " is another")
              .formatted(gaps, truth.length, rules.maxGapShare(), frequency));
    }
  }

  /**
   * The values with all gaps filled; at least one value is there, and only the policies previous
   * and zero may meet gaps at the ends.
   */
  static double[] fill(double[] values, SeriesLayout.Gaps policy, int season) {
    double[] filled = values.clone();
    for (int t = 0; t < filled.length; t++) {
      if (Double.isNaN(filled[t])) {
        filled[t] = filler(values, filled, t, policy, season);
      }
    }
    return filled;
  }

  private static double filler(
      double[] values, double[] filled, int t, SeriesLayout.Gaps policy, int season) {
    return switch (policy) {
      case ZERO -> 0;
      case SEASONAL -> {
        boolean before = t >= season && season > 1;
        boolean after =
            season > 1 && t + season < values.length && !Double.isNaN(values[t + season]);
        yield before ? filled[t - season] : after ? values[t + season] : between(values, filled, t);
      }
      case INTERPOLATE -> between(values, filled, t);
      case REFUSE, PREVIOUS -> t > 0 ? filled[t - 1] : values[next(values, t)];
    };
  }

  private static double between(double[] values, double[] filled, int t) {
    int next = next(values, t);
    if (t == 0 || next == values.length) {
      return t == 0 ? values[next] : filled[t - 1];
    }
    return filled[t - 1] + (values[next] - filled[t - 1]) / (next - t + 1);
  }

  private static int next(double[] values, int from) {
    int next = from;
    while (next < values.length && Double.isNaN(values[next])) {
      next++;
    }
    return next;
  }
}
