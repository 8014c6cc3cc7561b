package org.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.millrace.config.Bindings.bound;
import static org.millrace.config.Bindings.layers;
import static org.millrace.config.Bindings.problems;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListsOfBlocksTest {
  sealed interface Shape permits Circle, Square {}

  record Circle(int radius) implements Shape {}

  record Square(int side, boolean filled) implements Shape {}

  record Drawing(List<Shape> shapes, Optional<List<Pen>> pens) {}

  record Pen(String colour, int width) {}

  private static final String DEFAULTS =
      """
      # What is drawn, in this order
      shapes = [
        {
          # Which
          kind = null
          # Round
          circle {
            # In steps
            radius = 3
          }
          # With corners
          square {
            # In steps
            side = null
            # Whether it is painted
            filled = false
          }
        }
      ]
      # To draw with
      pens = [
        {
          # Of the ink
          colour = null
          # In pixels
          width = 2
        }
      ]
      """;

  @Test
  void eachElementHasTheDefaultsOfTheOneInTheReference() {
    assertThat(
            bound(
                    Drawing.class,
                    "shapes = [{ kind = circle }, { kind = square, square.side = 1 },"
                        + " { kind = circle, circle.radius = 4 }]",
                    DEFAULTS)
                .shapes())
        .containsExactly(new Circle(3), new Square(1, false), new Circle(4));
    assertThat(bound(Drawing.class, "shapes = []", DEFAULTS).shapes()).isEmpty();
  }

  @Test
  void theOneInTheReferenceIsNoDefaultOfTheList() {
    assertThat(problems(Drawing.class, "", DEFAULTS))
        .singleElement()
        .asString()
        .startsWith("use.conf:1: shapes is missing; accepted: a list [...] of a block { kind");
    assertThat(bound(Drawing.class, "shapes = []", DEFAULTS).pens()).isEmpty();
    assertThat(bound(Drawing.class, "shapes = [], pens = [{ colour = red }]", DEFAULTS).pens())
        .contains(List.of(new Pen("red", 2)));
  }

  @Test
  void problemsOfElementsAreToldWithTheirPlace() {
    assertThat(
            problems(
                Drawing.class,
                "shapes = [\n{ kind = circle, circle.raduis = 1 }\n{ kind = square }\n{}]",
                DEFAULTS))
        .containsExactly(
            "use.conf:3: there is no key shapes[0].circle.raduis, did you mean radius?; accepted"
                + " here: radius",
            "use.conf:4: shapes[1].square.side is missing; accepted: a whole number up to"
                + " 2147483647",
            "use.conf:5: shapes[2].kind is missing; accepted: circle, square");
  }

  @Test
  void aReferenceWithMoreThanOneElementIsABug() {
    assertThatThrownBy(() -> bound(Drawing.class, "shapes = []", "shapes = [{}, {}]"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("shapes holds the defaults of its elements as one element");
  }

  @Test
  void aListThatNobodyWroteIsNotInForce() {
    Layers all = layers("shapes = [{ kind = circle }]", DEFAULTS);
    Binder binder = new Binder(new Problems());
    binder.bind(Drawing.class, "demo.job", all);

    assertThat(all.only(binder.keys()).lines(path -> true))
        .singleElement()
        .asString()
        .startsWith("demo.job.shapes = [{\"kind\":\"circle\"}]");
  }

  @Test
  void theKeysOfElementsAreToldBehindTheList() {
    List<KeyDoc> docs =
        KeyDoc.of(Drawing.class, "demo.job", layers("shapes = []", DEFAULTS).reference());

    assertThat(docs)
        .contains(
            new KeyDoc(
                "demo.job.shapes",
                "a list [...] of a block { kind = ... } with kind one of circle, square",
                "required",
                "What is drawn, in this order"),
            new KeyDoc("demo.job.shapes[].kind", "circle, square", "required", "Which"),
            new KeyDoc("demo.job.shapes[].circle.radius", "a whole number", "3", "In steps"),
            new KeyDoc("demo.job.pens", "a list [...] of a block { ... }", "-", "To draw with"),
            new KeyDoc("demo.job.pens[].colour", "a string", "required", "Of the ink"));
  }
}
