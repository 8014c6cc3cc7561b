package org.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.config.Bindings.bound;
import static org.millrace.config.Bindings.problems;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.millrace.outcome.Stop;

class BlocksTest {
  record Inner(int rank, double learnRate) {
    Inner {
      Check.that(rank >= 1, "rank", rank, "1 or more");
    }
  }

  record Outer(Inner inner, Optional<Inner> gate, int maxIterations) {
    Outer {
      if (maxIterations > 100 && inner.rank() > 10) {
        throw new IllegalArgumentException("100 iterations of a rank above 10 take too long");
      }
    }
  }

  record Bounds(int low, int high, List<Integer> steps) {
    Bounds {
      Check.that(low >= 0, "low", low, "0 or more");
      Check.that(high > 0, "high", high, "1 or more");
      Check.that(!steps.isEmpty(), "steps", steps, "one or more");
      Check.that(steps.get(0) > low, "steps", steps, "steps above low");
      if (high > 100) {
        throw new IllegalArgumentException("too high", Stop.usage("too high"));
      }
    }
  }

  record Twice(Bounds first, Bounds second) {}

  record Listed(List<Inner> grid) {}

  record Login(String password, int tokenLength) {
    Login {
      Check.that(password.length() > 3, "password", password, "four letters or more");
    }
  }

  private static final String DEFAULTS =
      "inner { rank = 8, learn-rate = 0.5 }, gate { rank = 2, learn-rate = 0.1 }, max-iterations = 5";

  @Test
  void whatTheUserWritesLiesOverTheDefaults() {
    assertThat(bound(Outer.class, "inner.rank = 9", DEFAULTS))
        .isEqualTo(new Outer(new Inner(9, 0.5), Optional.empty(), 5));
  }

  @Test
  void anOptionalBlockIsThereOnlyIfItIsWritten() {
    assertThat(bound(Outer.class, "", DEFAULTS).gate()).isEmpty();
    assertThat(bound(Outer.class, "gate = null", DEFAULTS).gate()).isEmpty();
    assertThat(bound(Outer.class, "gate {}", DEFAULTS).gate()).contains(new Inner(2, 0.1));
    assertThat(bound(Outer.class, "gate.rank = 3", DEFAULTS).gate()).contains(new Inner(3, 0.1));
  }

  @Test
  void allThatARecordRefusesIsToldAtOnce() {
    assertThat(problems(Bounds.class, "low = -1\nhigh = 0\nsteps = [1]", ""))
        .containsExactly(
            "use.conf:2: low is '-1'; accepted: 0 or more",
            "use.conf:3: high is '0'; accepted: 1 or more");
    // What comes of a value that was refused is no problem of its own; the record's own words are.
    assertThat(problems(Bounds.class, "low = -1, high = 1, steps = []", "")).hasSize(2);
    assertThat(problems(Bounds.class, "low = -1, high = 101, steps = [1]", ""))
        .containsExactly(
            "use.conf:2: low is '-1'; accepted: 0 or more", "use.conf:1: demo.job: too high");
    assertThat(
            problems(
                Twice.class,
                "first { low = -1, high = 0, steps = [1] }\nsecond { low = 0, high = 0, steps = [1] }",
                ""))
        .hasSize(3);
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThat(
            problems(
                Outer.class,
                "inner { rank = 0 }\ngate { learn-rate = fast, rnak = 3 }\nmaxIterations = 7",
                "inner.learn-rate = 0.5"))
        .containsExactlyInAnyOrder(
            "use.conf:2: inner.rank is '0'; accepted: 1 or more",
            "use.conf:3: gate.rank is missing; accepted: a whole number up to 2147483647",
            "use.conf:3: gate.learn-rate is \"fast\"; accepted: a number",
            "use.conf:3: there is no key gate.rnak, did you mean rank?; accepted here: learn-rate, rank",
            "use.conf:4: there is no key maxIterations, did you mean max-iterations?; accepted here:"
                + " gate, inner, max-iterations",
            "use.conf:1: max-iterations is missing; accepted: a whole number up to 2147483647");
  }

  @Test
  void aKeyThatIsNearNothingIsNotGuessedAt() {
    assertThat(problems(Inner.class, "rank = 1, learn-rate = 1, seed = 5"))
        .containsExactly("use.conf:2: there is no key seed; accepted here: learn-rate, rank");
  }

  @Test
  void aMissingKeyIsToldWithTheNearestBlockThatTheUserWrote() {
    assertThat(problems(Outer.class, "\n\ninner {\n rank = 3 }\n", "max-iterations = 1"))
        .containsExactly("use.conf:4: inner.learn-rate is missing; accepted: a number");
    assertThat(problems(Outer.class, "", "max-iterations = 1, inner.rank = 1"))
        .containsExactly("use.conf:1: inner.learn-rate is missing; accepted: a number");
  }

  @Test
  void aBlockIsNoValueAndAValueIsNoBlock() {
    assertThat(problems(Outer.class, "inner = 5\ngate = [1]\nmax-iterations { a = 1 }", DEFAULTS))
        .containsExactly(
            "use.conf:2: inner is 5; accepted: a block { ... }",
            "use.conf:3: gate is [1]; accepted: a block { ... }",
            "use.conf:4: max-iterations is a block { ... }; accepted: a whole number up to 2147483647");
    assertThat(problems(Outer.class, "inner = null", DEFAULTS))
        .containsExactly("use.conf:2: inner is null; accepted: a block { ... }");
  }

  @Test
  void whatTheWholeRecordRefusesIsToldWithItsBlock() {
    assertThat(problems(Outer.class, "max-iterations = 500, inner.rank = 11", DEFAULTS))
        .containsExactly("use.conf:1: demo.job: 100 iterations of a rank above 10 take too long");
  }

  @Test
  void aDefaultThatIsRefusedIsToldWithItsOwnPlace() {
    assertThat(problems(Inner.class, "learn-rate = 1", "\nrank = 0"))
        .containsExactly("defaults.conf:3: rank is '0'; accepted: 1 or more");
  }

  @Test
  void listsOfBlocksAreBoundAndCheckedOneByOne() {
    assertThat(
            bound(
                Listed.class,
                "grid = [{ rank = 1, learn-rate = 2 }, { rank = 2, learn-rate = 3 }]"))
        .isEqualTo(new Listed(List.of(new Inner(1, 2), new Inner(2, 3))));
    assertThat(
            problems(Listed.class, "grid = [\n{ rank = 1 },\n{ rank = 0, learn-rate = 3, x = 1 }]"))
        .containsExactlyInAnyOrder(
            "use.conf:3: grid[0].learn-rate is missing; accepted: a number",
            "use.conf:4: grid[1].rank is '0'; accepted: 1 or more",
            "use.conf:4: there is no key grid[1].x; accepted here: learn-rate, rank");
    assertThat(problems(Listed.class, "grid = 3"))
        .containsExactly("use.conf:2: grid is 3; accepted: a list [...] of a block { ... }");
  }

  @Test
  void noProblemRepeatsASecret() {
    assertThat(problems(Login.class, "password = abc, token-length = hunter2"))
        .containsExactly(
            "use.conf:2: token-length is \"*****\"; accepted: a whole number up to 2147483647");
    assertThat(problems(Login.class, "password = abc, token-length = 1"))
        .containsExactly("use.conf:2: password is '*****'; accepted: four letters or more");
    assertThat(problems(Login.class, "password = { a = abc }, token-length = [hunter2, {}]"))
        .hasSize(2)
        .noneMatch(sentence -> sentence.contains("abc") || sentence.contains("hunter2"));
    assertThat(problems(Outer.class, "inner = [{ password = hunter2 }]", DEFAULTS))
        .containsExactly("use.conf:2: inner is a list [ ... ]; accepted: a block { ... }");
  }
}
