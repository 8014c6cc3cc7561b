package org.millrace.deep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.millrace.config.Binder;
import org.millrace.config.Layers;
import org.millrace.config.Problems;
import org.millrace.language.Analysis;
import org.millrace.testing.ReferenceDocs;

/** Binds what users write over the defaults that the jobs include. */
class ConfigurationTest {

  /** As a job's configuration holds them. */
  record Both(Input input, Label label, Augmentation augmentation) {}

  private static final String REFERENCE =
      """
      deep {
        # What a network sees
        input { include classpath("millrace/deep/input.conf") }
        # What it learns to say
        label { include classpath("millrace/deep/label.conf") }
        # How training images are changed
        augmentation { include classpath("millrace/deep/augmentation.conf") }
      }
      """;

  private static Both bind(String user) {
    Config reference = ConfigFactory.parseString(REFERENCE).resolve();
    Config written = ConfigFactory.parseString("deep {\n" + user + "\n}").resolve();
    Problems problems = new Problems();
    Optional<Both> bound =
        new Binder(problems).bind(Both.class, "deep", new Layers(written, reference));
    problems.throwIfAny();
    return bound.orElseThrow();
  }

  private static Input input(String user) {
    return bind("input { " + user + " }").input();
  }

  /** With the windows of series too. */
  record All(Input input, Label label, Augmentation augmentation, SeriesWindows windows) {}

  @Test
  void everyKeyIsDocumentedAndCounts() {
    String reference =
        REFERENCE
            + """
            deep {
              # How series are cut
              windows { include classpath("millrace/deep/windows.conf") }
            }
            """;
    ReferenceDocs.of(All.class, "deep", ConfigFactory.parseString(reference).resolve())
        .assertDocumented()
        .assertEachKeyCounts(
            "input.image { height = 8, width = 8, channels = 1 }, windows { step = 1 hour, history = 4, horizon = 2 }",
            Map.ofEntries(
                Map.entry("input.image.height", "9"),
                Map.entry("input.image.width", "9"),
                Map.entry("input.image.channels", "3"),
                Map.entry("input.image.mean", "[0.3]"),
                Map.entry("input.image.deviation", "[0.3]"),
                Map.entry("input.text.words.stored.path", "w.txt"),
                Map.entry("input.sequence.columns", "[a]"),
                Map.entry("input.sequence.features", "1"),
                Map.entry("input.sequence.max-steps", "7"),
                Map.entry("input.audio.sample-rate", "8000"),
                Map.entry("input.audio.cepstrum.window", "1024"),
                Map.entry("input.audio.cepstrum.hop", "256"),
                Map.entry("input.audio.cepstrum.coefficients", "12"),
                Map.entry("input.numbers.columns", "[a]"),
                Map.entry("label.classes.weights.given.weights", "{ good = 2 }"),
                Map.entry("label.numbers.columns", "[a]"),
                Map.entry("label.numbers.count", "2"),
                Map.entry("augmentation.noise", "0.5"),
                Map.entry("windows.key", "shop"),
                Map.entry("windows.known", "[price]"),
                Map.entry("windows.step", "2 hours"),
                Map.entry("windows.history", "5"),
                Map.entry("windows.horizon", "3")));
  }

  @Test
  void imagesHaveDefaultsForAllButTheirSize() {
    Both both = bind("input.image { height = 28, width = 30, channels = 1 }");
    assertThat(both.input())
        .isEqualTo(
            new Input.Image(
                28, 30, 1, new Pixels.File("image", false), 1 / 255.0, List.of(), List.of()));
    assertThat(both.label())
        .isEqualTo(new Label.Classes("label", 1000, new Label.ClassWeights.None()));
    assertThat(both.augmentation()).isEqualTo(new Augmentation(false, 0, 0, 0));
  }

  @Test
  void eachKindIsBound() {
    assertThat(
            input(
                "image { height = 2, width = 2, channels = 2, mean = [0.5, 0.4], deviation = [1, 2],"
                    + " pixels { kind = columns, columns { prefix = p, first = 1, order = planar } } }"))
        .isEqualTo(
            new Input.Image(
                2,
                2,
                2,
                new Pixels.Columns("p", 1, Pixels.Order.PLANAR),
                1 / 255.0,
                List.of(0.5, 0.4),
                List.of(1.0, 2.0)))
        .extracting(Input::columns)
        .isEqualTo(List.of("p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8"));
    assertThat(
            input(
                "kind = text, text { column = review, analysis.kind = chinese, words { kind = stored, stored.path = v.txt } }"))
        .isEqualTo(
            new Input.Text("review", new Analysis.Chinese(), 200, new Words.Stored("v.txt")));
    assertThat(input("kind = sequence, sequence { columns = [a, b], features = 2, max-steps = 9 }"))
        .isEqualTo(new Input.Sequence(List.of("a", "b"), 2, 9, true));
    assertThat(input("kind = audio, audio { sample-rate = 8000, form = sequence }"))
        .isEqualTo(
            new Input.Audio(
                "audio",
                8000,
                44,
                new Input.Cepstrum(13, 2048, 512, 128),
                Input.Form.SEQUENCE,
                true));
    assertThat(input("kind = numbers, numbers { columns = [x], standardize = false }"))
        .isEqualTo(new Input.Numbers(List.of("x"), false));
  }

  @Test
  void labelsMayBeWeightedOrNumbers() {
    String image = "input.image { height = 1, width = 1, channels = 1 }\n";
    assertThat(
            bind(image + "label.classes.weights { kind = given, given.weights { good = 2.5 } }")
                .label())
        .isEqualTo(
            new Label.Classes("label", 1000, new Label.ClassWeights.Given(Map.of("good", 2.5))));
    assertThat(
            bind(image + "label { kind = numbers, numbers.columns = [future], numbers.count = 48 }")
                .label())
        .isEqualTo(new Label.Numbers(List.of("future"), 48, true));
  }

  @Test
  void badValuesAreNamed() {
    assertThatThrownBy(() -> input("image { height = 0, width = 1, channels = 1 }"))
        .hasMessageContaining("image.height is '0'; accepted: 1..4096 pixels");
    assertThatThrownBy(() -> input("image { height = 1, width = 1, channels = 2 }"))
        .hasMessageContaining("channels is '2'; accepted: 1 (grey) or 3 (red, green, blue)");
    assertThatThrownBy(
            () -> input("kind = audio, audio { sample-rate = 8000, cepstrum.window = 1000 }"))
        .hasMessageContaining("window is '1000'; accepted: a power of two");
    assertThatThrownBy(
            () ->
                input(
                    "kind = sequence, sequence { columns = [a, b], features = 3, max-steps = 1 }"))
        .hasMessageContaining("features is '3'; accepted: 2, the number of columns");
    assertThatThrownBy(() -> input("kind = numbers, numbers.columns = []"))
        .hasMessageContaining("numbers.columns is '[]'; accepted: a list of columns");
  }
}
