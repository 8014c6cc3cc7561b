package org.millrace.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.config.Binder;
import org.millrace.config.Layers;
import org.millrace.config.Problems;

class MethodsTest {

  private static List<MethodChoice> bound(String methods) {
    Problems problems = new Problems();
    Layers layers =
        new Layers(
            ConfigFactory.parseString(
                "forecast.backtest { series { path = s.csv, contract = monthly-sales.v1 }, horizon = 3, methods = [%s] }"
                    .formatted(methods)),
            Layers.defaults());
    Optional<BacktestConfig> bound =
        new Binder(problems).bind(BacktestConfig.class, "forecast.backtest", layers);
    problems.throwIfAny();
    return bound.orElseThrow().methods();
  }

  @ParameterizedTest
  @EnumSource
  void aMemberIsByDefaultWhatTheFileOfDefaultsSays(CombinationMember member) {
    String kind = member.name().toLowerCase(Locale.ROOT).replace('_', '-');

    assertThat(member.among(List.of())).isEqualTo(bound("{ kind = %s }".formatted(kind)).get(0));
  }

  @Test
  void aMemberHasTheOptionsThatItHasInTheList() {
    List<MethodChoice> choices =
        bound(
            "{ kind = theta, theta.optimised = true }, { kind = combination, combination.of = [theta, drift] }");

    assertThat(Methods.of(choices).get(1).name()).isEqualTo("mean-of(theta-optimised,drift)");
    assertThat(Methods.of(choices.subList(1, 2)).get(0).name()).isEqualTo("mean-of(theta,drift)");
  }
}
