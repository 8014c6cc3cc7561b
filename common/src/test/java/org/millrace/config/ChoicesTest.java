package org.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.config.Bindings.bound;
import static org.millrace.config.Bindings.layers;
import static org.millrace.config.Bindings.problems;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChoicesTest {
  sealed interface Holdout permits Nothing, RandomShare, LastDays {}

  record Nothing() implements Holdout {}

  record RandomShare(double share, long seed) implements Holdout {}

  record LastDays(int days) implements Holdout {}

  record Job(Holdout holdout, Optional<Holdout> second) {}

  private static final String DEFAULTS =
      "holdout { kind = random-share, nothing {}, random-share { share = 0.2, seed = 7 }, last-days.days = null }";

  @Test
  void theKindDecidesAndItsBlockHoldsItsParameters() {
    assertThat(bound(Job.class, "", DEFAULTS).holdout()).isEqualTo(new RandomShare(0.2, 7));
    assertThat(bound(Job.class, "holdout.random-share.seed = 8", DEFAULTS).holdout())
        .isEqualTo(new RandomShare(0.2, 8));
    assertThat(
            bound(Job.class, "holdout { kind = last-days, last-days.days = 3 }", DEFAULTS)
                .holdout())
        .isEqualTo(new LastDays(3));
    assertThat(bound(Job.class, "holdout.kind = nothing", DEFAULTS).holdout())
        .isEqualTo(new Nothing());
  }

  @Test
  void anOptionalChoiceIsThereOnlyIfItIsWritten() {
    assertThat(bound(Job.class, "", DEFAULTS).second()).isEmpty();
    assertThat(
            bound(Job.class, "second { kind = last-days, last-days.days = 1 }", DEFAULTS).second())
        .contains(new LastDays(1));
    assertThat(bound(Job.class, "second.kind = nothing", DEFAULTS).second())
        .contains(new Nothing());
  }

  @Test
  void parametersOfAVariantThatWasNotChosenAreRefused() {
    assertThat(problems(Job.class, "holdout {\n last-days.days = 3 }", DEFAULTS))
        .containsExactly(
            "use.conf:3: holdout.last-days has no effect, since holdout.kind is random-share;"
                + " remove it, or set the kind to last-days");
  }

  /** A file that includes another has its blocks too. */
  @Test
  void aNullTakesTheParametersOfAnotherVariantAway() {
    assertThat(
            bound(
                    Job.class,
                    "holdout { kind = last-days, last-days.days = 3 }\n"
                        + "holdout { kind = nothing, last-days = null }",
                    DEFAULTS)
                .holdout())
        .isEqualTo(new Nothing());
    assertThat(problems(Job.class, "holdout { kind = last-days, last-days = null }", DEFAULTS))
        .containsExactly("use.conf:2: holdout.last-days is null; accepted: a block { ... }");
  }

  @Test
  void anUnknownKindIsRefused() {
    assertThat(problems(Job.class, "holdout.kind = random", DEFAULTS))
        .containsExactly(
            "use.conf:2: holdout.kind is \"random\"; accepted: nothing, random-share, last-days");
    assertThat(problems(Job.class, "holdout.kind = [nothing]", DEFAULTS)).hasSize(1);
    assertThat(problems(Job.class, "holdout.kind = null", DEFAULTS))
        .containsExactly(
            "use.conf:2: holdout.kind is null; accepted: nothing, random-share, last-days");
  }

  @Test
  void aKindMustBeThere() {
    assertThat(problems(Job.class, "second {}", DEFAULTS))
        .containsExactly(
            "use.conf:2: second.kind is missing; accepted: nothing, random-share, last-days");
  }

  @Test
  void unknownAndMissingKeysInsideAChoiceAreTold() {
    assertThat(
            problems(
                Job.class,
                "holdout { kind = last-days, last-days.dyas = 3 }\nholdout.share = 1",
                DEFAULTS))
        .containsExactlyInAnyOrder(
            "use.conf:2: there is no key holdout.last-days.dyas, did you mean days?; accepted here: days",
            "use.conf:2: holdout.last-days.days is missing; accepted: a whole number up to 2147483647",
            "use.conf:3: there is no key holdout.share; accepted here: kind, last-days, nothing, random-share");
    assertThat(problems(Job.class, "holdout { kind = nothing, nothing = 3 }", DEFAULTS))
        .containsExactly("use.conf:2: holdout.nothing is 3; accepted: a block { ... }");
  }

  @Test
  void onlyTheKeysOfTheVariantThatWasChosenAreInForce() {
    Layers all = layers("holdout { kind = last-days, last-days.days = 3 }", DEFAULTS);
    Binder binder = new Binder(new Problems());
    binder.bind(Job.class, "demo.job", all);

    assertThat(all.only(binder.keys()).lines(path -> true))
        .extracting(line -> line.split("  # ", 2)[0])
        .containsExactly(
            "demo.job.holdout.kind = \"last-days\"", "demo.job.holdout.last-days.days = 3");
  }

  /** Its constants are classes of their own, which makes the enum sealed. */
  enum Direction {
    UP {
      @Override
      int sign() {
        return 1;
      }
    },
    DOWN {
      @Override
      int sign() {
        return -1;
      }
    };

    abstract int sign();
  }

  record Move(Direction direction) {}

  @Test
  void anEnumWithBodiesIsNoChoice() {
    assertThat(Bindings.bound(Move.class, "direction = down", "").direction().sign()).isEqualTo(-1);
  }
}
