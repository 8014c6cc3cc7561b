package org.millrace.forecast;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.millrace.forecast.method.Method;

/**
 * A method with its options, as use-case files and stored models name it. Defaults and meanings are
 * in {@code millrace/forecast/methods.conf}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = MethodChoice.Naive.class, name = "naive"),
  @JsonSubTypes.Type(value = MethodChoice.SeasonalNaive.class, name = "seasonal-naive"),
  @JsonSubTypes.Type(value = MethodChoice.Drift.class, name = "drift"),
  @JsonSubTypes.Type(value = MethodChoice.Mean.class, name = "mean")
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

  /** The last season. */
  record SeasonalNaive() implements MethodChoice {
    @Override
    public Method method() {
      return new org.millrace.forecast.method.simple.SeasonalNaive();
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
}
