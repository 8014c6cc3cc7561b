package org.millrace.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.millrace.config.Layers;
import org.millrace.config.Settings;

class ReferenceDocsTest {

  record Gate(double minimum, String note) {}

  record Good(int rank, Optional<Gate> gate) {}

  /** Forgets one of its values. */
  record Deaf(int rank, int seed) {
    Deaf {
      seed = 7;
    }
  }

  private static Config defaults(String... lines) {
    return ConfigFactory.parseString("x {\n" + String.join("\n", lines) + "\n}");
  }

  private static final String[] GOOD = {
    "# Factors",
    "rank = 3",
    "# Quality",
    "gate {",
    "# Bound",
    "minimum = 0",
    "# Why",
    "note = a",
    "}"
  };

  @Test
  void ourOwnReferencesAreComplete() {
    ReferenceDocs.of(new DemoCopy())
        .assertDocumented()
        .assertEachKeyCounts(
            "numbers.path = a.csv",
            Map.of(
                "numbers.csv.quote", "\"'\"",
                "numbers.csv.escape", "\"\\\\\"",
                "numbers.csv.encoding", "ISO-8859-1",
                "numbers.formats", "{ at = epoch-millis }"));
    ReferenceDocs.of(new DemoEnd())
        .assertDocumented()
        .assertEachKeyCounts(
            "numbers.path = a.csv",
            Map.of(
                "numbers.csv.quote", "\"'\"",
                "numbers.csv.escape", "\"\\\\\"",
                "numbers.csv.encoding", "ISO-8859-1",
                "numbers.formats", "{ at = epoch-millis }"));
  }

  @Test
  void settingsAreDocumentedAndCount() {
    Config settings = Layers.defaults().withoutPath("demo");
    ReferenceDocs.of(Settings.class, "", settings)
        .assertDocumented()
        .assertEachKeyCounts(
            "use-case = a, steps = [b], observe.mlflow.tracking-uri = \"http://a\","
                + " observe.lineage.transport { kind = file, file.location = a }",
            Map.of(
                "observe.metrics.push-gateway",
                "\"http://b\"",
                "observe.lineage.transport.http.url",
                "\"http://b\"",
                "observe.mlflow.tracking-uri",
                "\"http://b\""));
  }

  @Test
  void aGoodReferencePasses() {
    ReferenceDocs.of(Good.class, "x", defaults(GOOD))
        .assertDocumented()
        .assertEachKeyCounts("", Map.of("rank", "9"));
  }

  @Test
  void aKeyWithoutAMeaningIsFound() {
    ReferenceDocs docs = ReferenceDocs.of(Gate.class, "x", defaults("# Bound", "minimum = 0"));

    assertThatThrownBy(docs::assertDocumented)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("note")
        .hasMessageContaining("without a comment");
  }

  @Test
  void aKeyThatIsNoComponentIsFound() {
    ReferenceDocs docs =
        ReferenceDocs.of(Good.class, "x", defaults(String.join("\n", GOOD), "gate.maximum = 3"));

    assertThatThrownBy(docs::assertDocumented)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("gate.maximum");
  }

  @Test
  void aKeyThatTheRecordForgetsIsFound() {
    ReferenceDocs docs =
        ReferenceDocs.of(Deaf.class, "x", defaults("# a", "rank = 1", "# b", "seed = 1"));

    assertThatThrownBy(() -> docs.assertEachKeyCounts("", Map.of()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("with another seed");
  }

  @Test
  void aBaseThatIsNotValidIsTold() {
    ReferenceDocs docs = ReferenceDocs.of(Gate.class, "x", defaults());

    assertThatThrownBy(() -> docs.assertEachKeyCounts("minimum = 1", Map.of()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("note is missing");
  }

  record Pens(List<Pen> pens) {}

  record Pen(String colour, int width) {}

  record Dry(List<Ink> pens) {}

  /** Forgets one of its values. */
  record Ink(String colour, int width) {
    Ink {
      width = 1;
    }
  }

  @Test
  void elementsOfListsAreLookedInto() {
    Config pens =
        defaults("# All", "pens = [{", "# Ink", "colour = null", "# Pixels", "width = 2", "}]");
    String base = "pens = [{ colour = red }]";
    ReferenceDocs.of(Pens.class, "x", pens)
        .assertDocumented()
        .assertEachKeyCounts(base, Map.of("pens", "[]"));
    assertThatThrownBy(
            () ->
                ReferenceDocs.of(Dry.class, "x", pens)
                    .assertEachKeyCounts(base, Map.of("pens", "[]")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("element.width");
    assertThatThrownBy(
            () ->
                ReferenceDocs.of(
                        Pens.class,
                        "x",
                        defaults("# All", "pens = [{", "# Ink", "colour = null", "width = 2", "}]"))
                    .assertDocumented())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("pens[].width");
    assertThatThrownBy(
            () ->
                ReferenceDocs.of(
                        Pens.class,
                        "x",
                        defaults(
                            "# All",
                            "pens = [{",
                            "# Ink",
                            "colour = a",
                            "# Px",
                            "width = 2",
                            "# Stray",
                            "length = 3",
                            "}]"))
                    .assertDocumented())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("pens[].length");
  }
}
