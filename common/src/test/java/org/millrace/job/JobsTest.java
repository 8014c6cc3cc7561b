package org.millrace.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.config.Layers;
import org.millrace.outcome.Stop;
import org.millrace.testing.DemoCopy;

class JobsTest {
  @TempDir private Path folder;

  private Jobs.Bound bind(String text, String... only) {
    try {
      Path file = Files.writeString(folder.resolve("use.conf"), text);
      Layers layers = Layers.read(file, Optional.empty(), List.of());
      return Jobs.onClasspath().bind(layers, List.of(only));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private List<String> problems(String text, String... only) {
    Stop[] stop = new Stop[1];
    assertThatThrownBy(() -> bind(text, only)).isInstanceOfSatisfying(Stop.class, s -> stop[0] = s);
    return stop[0].getMessage().lines().map(l -> l.replace(folder + "/", "")).toList();
  }

  @Test
  void aUseCaseIsBoundInTheOrderOfItsSteps() {
    Jobs.Bound bound =
        bind("use-case = x, steps = [demo.end, demo.copy], demo.copy.numbers.path = a.csv");

    assertThat(bound.settings().useCase()).isEqualTo("x");
    assertThat(bound.settings().root()).isEqualTo("millrace-root");
    assertThat(bound.steps())
        .extracting(s -> s.job().name())
        .containsExactly("demo.end", "demo.copy");
    assertThat(((DemoCopy.Config) bound.steps().get(1).config()).numbers().path())
        .isEqualTo("a.csv");
    assertThat(bound.steps().get(1).tables())
        .extracting(NamedTable::name)
        .containsExactly("numbers");
  }

  private record Scoring(String name) implements Job<DemoCopy.Config> {
    @Override
    public String summary() {
      return "Scores.";
    }

    @Override
    public Class<DemoCopy.Config> config() {
      return DemoCopy.Config.class;
    }

    @Override
    public List<String> inputs() {
      return List.of();
    }

    @Override
    public List<String> outputs() {
      return List.of("a model", "scores/USE_CASE: demo.v1");
    }

    @Override
    public List<NamedTable> tables(DemoCopy.Config config) {
      return List.of();
    }

    @Override
    public void run(Run run, DemoCopy.Config config) {}
  }

  @Test
  void twoStepsThatScoreWouldReplaceEachOthersRows() {
    List<Job<?>> one = List.of(new DemoCopy(), new Scoring("demo.score"));
    List<Job<?>> two = List.of(new Scoring("demo.score"), new DemoCopy(), new Scoring("demo.tell"));

    Jobs.refuseSharedScores("x", one);
    assertThatThrownBy(() -> Jobs.refuseSharedScores("x", two))
        .isInstanceOf(Stop.class)
        .hasMessageStartingWith("steps demo.score, demo.tell each publish scores/x");
  }

  @Test
  void unknownFamiliesJobsAndStepsAreTold() {
    assertThat(
            problems(
                """
                use-case = x
                steps = [demo.copi, demo.end]
                dmeo.copy { times = 1 }
                demo.cpy { times = 1 }
                demo { end = 5, rate = 3 }
                """))
        .containsExactlyInAnyOrder(
            "use.conf:2: steps names demo.copi, which is no job, did you mean demo.copy?; accepted:"
                + " demo.copy, demo.end",
            "use.conf:3: there is no key dmeo, did you mean demo?; accepted here: data-schemas, demo,"
                + " models, observe, root, spark, start-within, steps, use-case",
            "use.conf:4: there is no key demo.cpy, did you mean demo.copy?; accepted here: demo.copy,"
                + " demo.end",
            "use.conf:5: there is no key demo.rate; accepted here: demo.copy, demo.end",
            "use.conf:5: demo.end is 5; accepted: a block { ... }");
  }

  @Test
  void problemsOfSettingsAndOfJobsAreToldTogether() {
    assertThat(problems("use-case = \"Big Case\"\nsteps = [demo.copy]\ndemo.copy.times = many\n"))
        .containsExactlyInAnyOrder(
            "use.conf:1: use-case is 'Big Case'; accepted: small letters, digits, - and _, such as"
                + " loan-default",
            "use.conf:3: demo.copy.numbers.path is missing; accepted: a string",
            "use.conf:3: demo.copy.times is \"many\"; accepted: a number");
  }

  @Test
  void settingsAreChecked() {
    assertThat(problems("use-case = x\nsteps = []"))
        .containsExactly("use.conf:2: steps is '[]'; accepted: one job or more");
    assertThat(problems("use-case = x\nsteps = [demo.end, demo.end]"))
        .containsExactly("use.conf:2: steps is '[demo.end, demo.end]'; accepted: each job once");
    assertThat(problems("use-case = x\nsteps = [demo.end]\nspark { \"spark.cores\" = 1 }"))
        .containsExactly(
            "use.conf:3: spark is 'spark.cores'; accepted: Spark's properties without their prefix,"
                + " such as executor.memory");
    assertThat(problems("steps = demo.end"))
        .containsExactly(
            "use.conf: use-case is missing; accepted: a string",
            "use.conf:1: steps is \"demo.end\"; accepted: a list [...] of a string");
  }

  @Test
  void aJobThatIsNoStepMayBeIncompleteButNotMisspelt() {
    String endOnly = "use-case = x, steps = [demo.end]\n";

    assertThat(bind(endOnly + "demo.copy.times = 3").steps()).hasSize(1);
    assertThat(problems(endOnly + "demo.copy.time = 3"))
        .containsExactly(
            "use.conf:2: there is no key demo.copy.time, did you mean times?; accepted here: numbers,"
                + " table, times");
  }

  @Test
  void onlyTheNamedStepsAreKeptAndTheHashStays() {
    String both = "use-case = x, steps = [demo.end, demo.copy], demo.copy.numbers.path = a.csv";

    Jobs.Bound one = bind(both, "demo.copy");

    assertThat(one.steps()).extracting(s -> s.job().name()).containsExactly("demo.copy");
    assertThat(one.layers().hash()).isEqualTo(bind(both).layers().hash());
    assertThat(problems(both, "copy"))
        .containsExactly("--step copy: the steps of x are demo.end, demo.copy");
  }
}
