package org.millrace.forecast.backtest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How good forecasts are. Every measure is a mean over steps of what {@link #at} says of one, under
 * a root where {@link #isSquared}.
 *
 * <p>Sources: Hyndman and Koehler, Another look at measures of forecast accuracy, IJF 22 (2006),
 * for MASE; Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 3rd edition, sections
 * 5.8 and 5.9; Makridakis, Accuracy measures, IJF 9 (1993), for sMAPE as in M4 (0 to 2).
 */
public enum Measure {
  MAE,
  RMSE,
  SMAPE,
  /** The scale is the mean absolute seasonal difference of the steps that were learnt from. */
  MASE,
  /** The scale is the mean squared seasonal difference of the steps that were learnt from. */
  RMSSE,
  /** Mean over the quantiles, in the unit of the series. */
  PINBALL,
  /** The same in the scale of MASE. */
  SCALED_PINBALL,
  /** Share of values between the 10 % and the 90 % quantile. */
  COVERAGE_80,
  /** Share of values between the 2.5 % and the 97.5 % quantile. */
  COVERAGE_95;

  /** How many there are. */
  static final int COUNT = values().length;

  /** Its place in arrays of all measures. */
  @SuppressWarnings("EnumOrdinal") // The order is this file's own, and stands in no file of others.
  int index() {
    return ordinal();
  }

  /** As use-case files and reports write it, such as {@code scaled-pinball}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Measure> of(String id) {
    return Arrays.stream(values()).filter(m -> m.id().equals(id)).findFirst();
  }

  /** Those by which methods can be chosen: the less the better. */
  public static List<String> errors() {
    return Arrays.stream(values()).filter(m -> !m.isCoverage()).map(Measure::id).toList();
  }

  public boolean isCoverage() {
    return this == COVERAGE_80 || this == COVERAGE_95;
  }

  boolean isSquared() {
    return this == RMSE || this == RMSSE;
  }

  /** What it says of one step; NaN where it says nothing, since the scale is 0. */
  double at(Point point) {
    double error = Math.abs(point.truth() - point.mean());
    return switch (this) {
      case MAE -> error;
      case RMSE -> error * error;
      case SMAPE -> {
        double size = Math.abs(point.truth()) + Math.abs(point.mean());
        yield size == 0 ? 0 : 2 * error / size;
      }
      case MASE -> scaled(error, point.scale().absolute());
      case RMSSE -> scaled(error * error, point.scale().squared());
      case PINBALL -> point.pinball();
      case SCALED_PINBALL -> scaled(point.pinball(), point.scale().absolute());
      case COVERAGE_80 -> point.covered(0.1);
      case COVERAGE_95 -> point.covered(0.025);
    };
  }

  private static double scaled(double error, double scale) {
    return scale > 0 ? error / scale : Double.NaN;
  }
}
