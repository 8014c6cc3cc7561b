package org.millrace.forecast;

import java.util.List;
import org.millrace.forecast.method.intermittent.Croston.Variant;

/** Methods that stand alone in a combination. */
enum CombinationMember {
  NAIVE,
  SEASONAL_NAIVE,
  DRIFT,
  MEAN,
  ETS,
  THETA,
  ARIMA,
  AUTO_ARIMA,
  MSTL,
  CROSTON;

  /** The first choice of this kind, or where there is none the one by default. */
  MethodChoice among(List<MethodChoice> all) {
    MethodChoice usual = usual();
    return all.stream().filter(c -> c.getClass() == usual.getClass()).findFirst().orElse(usual);
  }

  /** As {@code millrace/forecast/methods.conf} has it; a test holds them together. */
  private MethodChoice usual() {
    return switch (this) {
      case NAIVE -> new MethodChoice.Naive();
      case SEASONAL_NAIVE -> new MethodChoice.SeasonalNaive(MethodChoice.Season.SHORTEST);
      case DRIFT -> new MethodChoice.Drift();
      case MEAN -> new MethodChoice.Mean();
      case ETS -> new MethodChoice.Ets("auto", false);
      case THETA -> new MethodChoice.Theta(false);
      case ARIMA ->
          new MethodChoice.Arima(
              List.of(0, 1, 1), List.of(0, 0, 0), 12, false, MethodChoice.Logarithm.NEVER);
      case AUTO_ARIMA -> new MethodChoice.AutoArima(5, 2, MethodChoice.Logarithm.AUTO);
      case MSTL -> new MethodChoice.Mstl(5);
      case CROSTON -> new MethodChoice.Croston(Variant.SBA, 0.1);
    };
  }
}
