package org.millrace.forecast.method;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.Optional;
import org.millrace.forecast.series.History;

/**
 * How far forecasts of a series may go: from its last value a hundred times as far as its values
 * ever were apart. A likelihood may be greatest where a model of few steps grows without limit, as
 * where prices rose a hundredfold and differences of differences still grow; such a forecast is
 * worse than none.
 */
public final class Reach {
  private static final double TIMES = 100;

  private static final String INTERVAL = "its interval of 80 % reaches";
  private static final double LOWER = 0.1;
  private static final double UPPER = 0.9;

  private final double last;
  private final DoubleSummaryStatistics seen;

  private Reach(double last, DoubleSummaryStatistics seen) {
    this.last = last;
    this.seen = seen;
  }

  /**
   * @param history of at least one value
   */
  public static Reach of(History history) {
    double[] values = history.values();
    return new Reach(values[values.length - 1], Arrays.stream(values).summaryStatistics());
  }

  /**
   * Says at which step a forecast, or its interval of 80 %, goes too far or is no number; empty
   * where it stays within reach. Where all values were the same there is no measure, and every
   * number is within.
   */
  public Optional<String> leftBy(Prediction prediction) {
    for (int h = 0; h < prediction.horizon(); h++) {
      int step = h;
      Optional<String> left =
          left("it forecasts", prediction.mean(h), h)
              .or(() -> left(INTERVAL, prediction.quantile(step, LOWER), step))
              .or(() -> left(INTERVAL, prediction.quantile(step, UPPER), step));
      if (left.isPresent()) {
        return left;
      }
    }
    return Optional.empty();
  }

  private Optional<String> left(String what, double value, int h) {
    if (!Double.isFinite(value)) {
      return Optional.of(what + " " + value + " at step " + (h + 1));
    }
    double range = seen.getMax() - seen.getMin();
    if (!(range > 0) || Math.abs(value - last) <= TIMES * range) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s %.6g at step %d, which is more than %.0f times as far from the last value %.6g as all values were apart"
                + " (%.6g to %.6g)",
            what,
            value,
            h + 1,
            TIMES,
            last,
            seen.getMin(),
            seen.getMax()));
  }
}
