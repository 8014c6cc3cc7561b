package org.millrace.forecast;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.millrace.config.Check;
import org.millrace.forecast.method.Method;

/** The methods of a list of choices; combinations take their members from it. */
final class Methods {
  private Methods() {}

  static List<Method> of(List<MethodChoice> choices) {
    List<Method> methods = new ArrayList<>();
    choices.forEach(
        c ->
            methods.add(
                c instanceof MethodChoice.Combination together
                    ? together.method(choices)
                    : c.method()));
    return methods;
  }

  /** Refuses an empty list and two methods of one name. */
  static void require(List<MethodChoice> choices) {
    Check.that(!choices.isEmpty(), "methods", choices, "one or more methods { kind = ... }");
    Set<String> names = new HashSet<>();
    for (Method method : of(choices)) {
      Check.that(
          names.add(method.name()),
          "methods",
          method.name(),
          "methods of which no two have one name");
    }
  }

  /** What a series costs: every method, so many times. */
  static double cost(List<Method> methods, int length, int[] seasons, int times) {
    return times * methods.stream().mapToDouble(m -> m.cost(length, seasons)).sum();
  }
}
