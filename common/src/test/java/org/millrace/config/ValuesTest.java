package org.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.config.Bindings.bound;
import static org.millrace.config.Bindings.problems;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  enum Way {
    AUTO,
    JSON_LINES
  }

  record Scalars(
      String text,
      int count,
      long many,
      double share,
      boolean on,
      Duration pause,
      Way way,
      Optional<Integer> limit) {}

  record Count(int count) {}

  record Share(double share) {}

  record Text(String text) {}

  record Wait(Duration pause) {}

  record Names(List<String> names, List<Way> ways) {}

  record Maps(Map<String, String> spark, Map<String, Double> weights) {}

  record Limits(Optional<Integer> limit, Optional<List<String>> names) {}

  private static final String ALL =
      "text = a b, count = 3, many = 5000000000, share = 0.25, on = true, pause = 90 s, way ="
          + " json-lines";

  @Test
  void everyScalarTypeIsBound() {
    assertThat(bound(Scalars.class, ALL))
        .isEqualTo(
            new Scalars(
                "a b",
                3,
                5_000_000_000L,
                0.25,
                true,
                Duration.ofSeconds(90),
                Way.JSON_LINES,
                Optional.empty()));
    assertThat(bound(Scalars.class, ALL + ", limit = 7").limit()).contains(7);
  }

  @Test
  void quotesAroundAValueChangeNothing() {
    assertThat(bound(Count.class, "count = \"12\"")).isEqualTo(new Count(12));
    assertThat(bound(Share.class, "share = \"1e-3\"")).isEqualTo(new Share(0.001));
  }

  @ParameterizedTest
  @CsvSource({"1e6, 1000000", "2.0, 2", "-7, -7"})
  void wholeNumbersMayBeWrittenInOtherWays(String written, int count) {
    assertThat(bound(Count.class, "count = " + written)).isEqualTo(new Count(count));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.10", "007", "0x1F", "true", "1e3"})
  void textIsKeptAsItIsWritten(String written) {
    assertThat(bound(Text.class, "text = " + written)).isEqualTo(new Text(written));
  }

  @ParameterizedTest
  @CsvSource({
    "2.5, 2.5",
    "abc, '\"abc\"'",
    "[1], [1]",
    "{ a = 1 }, a block { ... }",
    "3000000000, 3000000000",
    "null, null",
    "true, true"
  })
  void whatIsNoWholeNumberIsRefused(String written, String told) {
    assertThat(problems(Count.class, "\ncount = " + written))
        .containsExactly(
            "use.conf:3: count is " + told + "; accepted: a whole number up to 2147483647");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "1e400", "5d", "0x1p3", "1_000", "5 %"})
  void whatIsNoPlainFiniteNumberIsRefused(String written) {
    assertThat(problems(Share.class, "share = " + written))
        .singleElement()
        .asString()
        .startsWith("use.conf:2: share is ")
        .endsWith("; accepted: a number");
  }

  @Test
  void aDurationNeedsItsUnit() {
    assertThat(bound(Wait.class, "pause = 12 hours")).isEqualTo(new Wait(Duration.ofHours(12)));
    assertThat(bound(Wait.class, "pause = 90d")).isEqualTo(new Wait(Duration.ofDays(90)));
    for (String written : List.of("90", "\"90\"", "90 fortnights", "soon")) {
      assertThat(problems(Wait.class, "pause = " + written))
          .singleElement()
          .asString()
          .endsWith("accepted: a duration such as 90 days or 12 hours");
    }
  }

  @Test
  void aConstantIsWrittenInSmallLettersWithHyphens() {
    assertThat(problems(Scalars.class, ALL + ", way = JSON_LINES"))
        .containsExactly("use.conf:2: way is \"JSON_LINES\"; accepted: auto, json-lines");
  }

  @Test
  void listsHoldTheirElements() {
    assertThat(bound(Names.class, "names = [a, b c, 1.10], ways = [auto]"))
        .isEqualTo(new Names(List.of("a", "b c", "1.10"), List.of(Way.AUTO)));
    assertThat(problems(Names.class, "names = a\nways = [auto, none, null]"))
        .containsExactly(
            "use.conf:2: names is \"a\"; accepted: a list [...] of a string",
            "use.conf:3: ways[1] is \"none\"; accepted: auto, json-lines",
            "use.conf:3: ways[2] is null; accepted: auto, json-lines");
  }

  @Test
  void mapsTakeDottedAndQuotedNamesAlike() {
    Maps maps =
        bound(
            Maps.class,
            "spark { executor.memory = 8g, \"executor.cores\" = 4, a { b.c = 1.10 } }, weights.x ="
                + " 2",
            "spark { executor.cores = 1, local = yes }, weights {}");

    assertThat(maps.spark())
        .isEqualTo(
            Map.of(
                "executor.memory", "8g", "executor.cores", "4", "a.b.c", "1.10", "local", "yes"));
    assertThat(maps.weights()).isEqualTo(Map.of("x", 2.0));
  }

  @Test
  void aNullTakesANameOutOfAMap() {
    assertThat(
            bound(Maps.class, "spark.local = null", "spark { local = yes, b = 1 }, weights {}")
                .spark())
        .isEqualTo(Map.of("b", "1"));
  }

  @Test
  void aNameOfAMapWithQuotesAndWithoutIsRefused() {
    String both =
        """
        spark { executor.memory = 8g, a { b = 1 } }
        weights {}
        spark { "executor.memory" = 4g }""";
    String quoted =
        """
        spark { speculation = true, "speculation.interval" = 1s }
        spark { "speculation.interval" = 2s }
        weights {}""";

    assertThat(problems(Maps.class, both))
        .containsExactly(
            "use.conf:2: spark.executor.memory is written here and at use.conf:4, once with quotes"
                + " around a name with dots and once without; write it the same way in both places,"
                + " so that one can come over the other");
    assertThat(bound(Maps.class, quoted).spark()).containsEntry("speculation.interval", "2s");
  }

  @Test
  void valuesOfMapsAreChecked() {
    assertThat(problems(Maps.class, "spark { jars = [a] }\nweights { x = heavy }"))
        .containsExactlyInAnyOrder(
            "use.conf:2: spark.jars is [\"a\"]; accepted: a string",
            "use.conf:3: weights.x is \"heavy\"; accepted: a number");
    assertThat(problems(Maps.class, "spark = x\nweights = null"))
        .containsExactlyInAnyOrder(
            "use.conf:2: spark is \"x\"; accepted: a block { name = value ... }",
            "use.conf:3: weights is null; accepted: a block { name = value ... } with a number"
                + " each");
  }

  @Test
  void anExplicitNullTakesADefaultAway() {
    assertThat(bound(Limits.class, "", "limit = 5, names = [a]"))
        .isEqualTo(new Limits(Optional.of(5), Optional.of(List.of("a"))));
    assertThat(bound(Limits.class, "limit = null, names = null", "limit = 5, names = [a]"))
        .isEqualTo(new Limits(Optional.empty(), Optional.empty()));
    assertThat(problems(Count.class, "count = null", "count = 3"))
        .containsExactly("use.conf:2: count is null; accepted: a whole number up to 2147483647");
  }
}
