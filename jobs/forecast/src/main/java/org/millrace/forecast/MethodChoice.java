package org.millrace.forecast;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.millrace.config.Check;
import org.millrace.forecast.method.Method;
import org.millrace.forecast.method.arima.ArimaOrder;
import org.millrace.forecast.method.arima.Transformation;
import org.millrace.forecast.method.combine.LongestSeason;
import org.millrace.forecast.method.seasonal.MstlArima;

/**
 * A method with its options, as use-case files and stored models name it. Defaults and meanings are
 * in {@code millrace/forecast/methods.conf}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = MethodChoice.Naive.class, name = "naive"),
  @JsonSubTypes.Type(value = MethodChoice.SeasonalNaive.class, name = "seasonal-naive"),
  @JsonSubTypes.Type(value = MethodChoice.Drift.class, name = "drift"),
  @JsonSubTypes.Type(value = MethodChoice.Mean.class, name = "mean"),
  @JsonSubTypes.Type(value = MethodChoice.Arima.class, name = "arima"),
  @JsonSubTypes.Type(value = MethodChoice.AutoArima.class, name = "auto-arima"),
  @JsonSubTypes.Type(value = MethodChoice.Mstl.class, name = "mstl"),
  @JsonSubTypes.Type(value = MethodChoice.Ets.class, name = "ets"),
  @JsonSubTypes.Type(value = MethodChoice.Theta.class, name = "theta"),
  @JsonSubTypes.Type(value = MethodChoice.Croston.class, name = "croston"),
  @JsonSubTypes.Type(value = MethodChoice.Combination.class, name = "combination")
})
public sealed interface MethodChoice {

  Method method();

  /** The last value. */
  record Naive() implements MethodChoice {
    @Override
    public Method method() {
      return new org.millrace.forecast.method.simple.Naive();
    }
  }

  /** Which of several seasons. */
  enum Season {
    SHORTEST,
    LONGEST
  }

  /** The last season. */
  record SeasonalNaive(Season season) implements MethodChoice {
    @Override
    public Method method() {
      Method shortest = new org.millrace.forecast.method.simple.SeasonalNaive();
      return season == Season.SHORTEST ? shortest : new LongestSeason(shortest);
    }
  }

  /** The line through the first and the last value. */
  record Drift() implements MethodChoice {
    @Override
    public Method method() {
      return new org.millrace.forecast.method.simple.Drift();
    }
  }

  /** The mean of all values. */
  record Mean() implements MethodChoice {
    @Override
    public Method method() {
      return new org.millrace.forecast.method.simple.Mean();
    }
  }

  /** What values are before they are modelled. */
  enum Logarithm {
    NEVER,
    ALWAYS,
    /** Where it makes the series more likely. */
    AUTO;

    Transformation transformation() {
      return switch (this) {
        case NEVER -> Transformation.none();
        case ALWAYS -> Transformation.boxCox(0);
        case AUTO -> Transformation.automatic();
      };
    }
  }

  /**
   * ARIMA of a given order, with the regressors of the layout.
   *
   * @param order p, d, q
   * @param seasonal P, D, Q
   * @param period steps of the season; 1 where there is none
   * @param constant of the differenced series
   */
  record Arima(
      List<Integer> order,
      List<Integer> seasonal,
      int period,
      boolean constant,
      Logarithm logarithm)
      implements MethodChoice {
    public Arima {
      Check.that(order.size() == 3, "order", order, "three whole numbers [p, d, q]");
      Check.that(seasonal.size() == 3, "seasonal", seasonal, "three whole numbers [P, D, Q]");
      Check.that(
          isOrder(order, seasonal, period),
          "order",
          order + " and seasonal " + seasonal + " with period " + period,
          "lags 0 to 100, d 0 to 2, D 0 or 1; with a period of 1 no seasonal ones");
      order = List.copyOf(order);
      seasonal = List.copyOf(seasonal);
    }

    private static boolean isOrder(List<Integer> order, List<Integer> seasonal, int period) {
      try {
        return of(order, seasonal, period).period() == period;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    private static ArimaOrder of(List<Integer> order, List<Integer> seasonal, int period) {
      return new ArimaOrder(
          order.get(0),
          order.get(1),
          order.get(2),
          seasonal.get(0),
          seasonal.get(1),
          seasonal.get(2),
          period);
    }

    @Override
    public Method method() {
      return new org.millrace.forecast.method.arima.Arima(
          of(order, seasonal, period), constant, logarithm.transformation());
    }
  }

  /**
   * ARIMA of an order found by itself, with the regressors of the layout.
   *
   * @param mostLags largest p and q
   * @param mostSeasonalLags largest P and Q
   */
  record AutoArima(int mostLags, int mostSeasonalLags, Logarithm logarithm)
      implements MethodChoice {
    public AutoArima {
      Check.that(mostLags >= 0 && mostLags <= 20, "most-lags", mostLags, "0..20");
      Check.that(
          mostSeasonalLags >= 0 && mostSeasonalLags <= 5,
          "most-seasonal-lags",
          mostSeasonalLags,
          "0..5");
    }

    @Override
    public Method method() {
      return new org.millrace.forecast.method.arima.AutoArima(
          mostLags, mostSeasonalLags, logarithm.transformation());
    }
  }

  /**
   * Several seasons taken off, and ARIMA of what is left.
   *
   * @param mostLags largest p and q
   */
  record Mstl(int mostLags) implements MethodChoice {
    public Mstl {
      Check.that(mostLags >= 0 && mostLags <= 20, "most-lags", mostLags, "0..20");
    }

    @Override
    public Method method() {
      return new MstlArima(mostLags);
    }
  }

  /**
   * Exponential smoothing.
   *
   * @param form letters such as AAdA or {@code auto}
   * @param multiplicativeTrend whether the automatic choice may take one
   */
  record Ets(String form, boolean multiplicativeTrend) implements MethodChoice {
    public Ets {
      Check.that(
          isForm(form),
          "form",
          form,
          "auto, or three letters such as ANN, AAN, AAdA, MAM (error, trend, season)");
    }

    private static boolean isForm(String form) {
      try {
        return !new org.millrace.forecast.method.ets.Ets(form, false).name().isEmpty();
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    @Override
    public Method method() {
      return new org.millrace.forecast.method.ets.Ets(form, multiplicativeTrend);
    }
  }

  /**
   * Exponential smoothing with a part of the slope of the trend as drift.
   *
   * @param optimised whether that part is found, instead of half
   */
  record Theta(boolean optimised) implements MethodChoice {
    @Override
    public Method method() {
      return new org.millrace.forecast.method.theta.Theta(optimised);
    }
  }

  /**
   * Demand that is mostly zero.
   *
   * @param smoothing of sizes, intervals and chances
   */
  record Croston(
      org.millrace.forecast.method.intermittent.Croston.Variant variant, double smoothing)
      implements MethodChoice {
    public Croston {
      Check.that(smoothing > 0 && smoothing <= 1, "smoothing", smoothing, "above 0, to 1");
    }

    @Override
    public Method method() {
      return new org.millrace.forecast.method.intermittent.Croston(variant, smoothing);
    }
  }

  /**
   * Several methods together.
   *
   * @param of two or more
   */
  record Combination(
      List<CombinationMember> of, org.millrace.forecast.method.combine.Combination.Average average)
      implements MethodChoice {
    public Combination {
      Check.that(
          of.size() >= 2 && Set.copyOf(of).size() == of.size(),
          "of",
          of.stream().map(m -> m.name().toLowerCase(Locale.ROOT).replace('_', '-')).toList(),
          "two or more different methods");
      of = List.copyOf(of);
    }

    @Override
    public Method method() {
      return method(List.of());
    }

    /** With members as they are among those choices, or as they are by default. */
    Method method(List<MethodChoice> all) {
      return new org.millrace.forecast.method.combine.Combination(
          of.stream().map(m -> m.among(all).method()).toList(), average);
    }
  }
}
