package org.millrace.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;

class LayersTest {
  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Layers read(String useCase, String... sets) throws IOException {
    return Layers.read(file("use.conf", useCase), Optional.empty(), List.of(sets));
  }

  private List<String> lines(Layers layers, String prefix) {
    return layers.lines(path -> path.startsWith(prefix)).stream()
        .map(line -> line.replace(folder + "/", ""))
        .toList();
  }

  private void assertRefused(String sentence, String useCase, String... sets) {
    assertThatThrownBy(() -> read(useCase, sets))
        .isInstanceOfSatisfying(
            Stop.class, stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(sentence);
  }

  @Test
  void eachLayerLiesOverTheNextAndValuesKeepTheirOrigins() throws IOException {
    Path environment =
        file("site.conf", "demo.copy { table = site, times = 2 }\nspark.cores = 1\nroot = site\n");
    Path useCase = file("use.conf", "demo.copy.times = 3\n\nspark.cores = 4\n");

    Layers layers =
        Layers.read(
            useCase,
            Optional.of(environment),
            List.of("spark.cores=5", "spark.cores=6"),
            Optional.of("s3a://bucket/x"));

    assertThat(lines(layers, ""))
        .contains(
            "demo.copy.table = \"site\"  # site.conf:1",
            "demo.copy.times = 3  # use.conf:1",
            "spark.cores = 6  # --set spark.cores",
            "root = \"s3a://bucket/x\"  # --root")
        .anyMatch(l -> l.matches("models.trusted-keys = \\[\\] {2}# reference.conf:\\d+"))
        .anyMatch(l -> l.matches("demo.copy.numbers.path = null {2}# .*table.conf:\\d+"));
  }

  @Test
  void aNullInAFileIsWhatIsInForce() throws IOException {
    assertThat(lines(read("root = null"), "root")).containsExactly("root = null  # use.conf:1");
  }

  @Test
  void substitutionsSeeTheEnvironmentOtherKeysAndDefaults() throws IOException {
    Layers layers =
        read(
            "root = ${HOME}/out\nspark.a = ${demo.copy.table}\nspark.b = ${spark.a}\n"
                + "spark.c = ${?MILLRACE_SURELY_UNSET}\nspark.d = 1\nspark.d = ${?MILLRACE_SURELY_UNSET}",
            "demo.copy.table=mine",
            "spark.e=${spark.d}");

    assertThat(layers.merged().getString("root")).isEqualTo(System.getenv("HOME") + "/out");
    assertThat(layers.merged().getString("spark.a")).isEqualTo("mine");
    assertThat(layers.merged().getString("spark.b")).isEqualTo("mine");
    assertThat(layers.merged().hasPath("spark.c")).isFalse();
    assertThat(layers.merged().getInt("spark.d")).isEqualTo(1);
    assertThat(layers.merged().getInt("spark.e")).isEqualTo(1);
    assertThat(read("spark.a = ${demo.copy.table}").merged().getString("spark.a"))
        .isEqualTo("copies");
    Layers reused = read("demo.copy.numbers.path = x\ndemo.end.numbers = ${demo.copy.numbers}");
    assertThat(lines(reused, "demo.end.numbers.path"))
        .containsExactly("demo.end.numbers.path = \"x\"  # use.conf:1");
    assertThat(lines(reused, "demo.end.numbers.contract").get(0).replace("end", "copy"))
        .isEqualTo(lines(reused, "demo.copy.numbers.contract").get(0));
    assertRefused("use.conf: 2: ", "root = x\nspark.a = ${MILLRACE_SURELY_UNSET}");
    assertRefused("MILLRACE_SURELY_UNSET", "spark.a = ${MILLRACE_SURELY_UNSET}");
  }

  @Test
  void anIncludedFileIsReadAndNamedAsTheOrigin() throws IOException {
    file("shared.conf", "\nspark.cores = 7\n");

    assertThat(lines(read("include \"shared.conf\"\nspark.b = 1"), "spark"))
        .containsExactly("spark.b = 1  # use.conf:2", "spark.cores = 7  # shared.conf:2");
    assertThat(
            lines(read("include file(\"" + folder.resolve("shared.conf") + "\")"), "spark.cores"))
        .containsExactly("spark.cores = 7  # shared.conf:2");
  }

  @Test
  void anIncludeOfAFileThatDoesNotExistIsRefused() {
    assertRefused("shraed.conf", "include \"shraed.conf\"");
    assertRefused("shraed.conf", "include classpath(\"shraed.conf\")");
    assertRefused("shraed.conf", "include file(\"/no/shraed.conf\")");
  }

  @Test
  void aSyntaxErrorIsToldWithItsLine() {
    assertRefused("use.conf: 3: ", "a = 1\nb {\n c = }}\n");
  }

  @Test
  void aFileThatDoesNotExistIsToldWithTheWorkingDirectory() {
    Path absent = folder.resolve("absent.conf");
    assertThatThrownBy(() -> Layers.read(absent, Optional.empty(), List.of()))
        .isInstanceOf(Stop.class)
        .hasMessage(
            "%s: there is no such file (working directory %s)",
            absent, Path.of("").toAbsolutePath());
  }

  @Test
  void theTopLevelsOriginIsTheUseCaseFile() throws IOException {
    Problems problems = new Problems();
    new Binder(problems).bind(Settings.class, "", read("steps = [demo.copy]"));
    assertThatThrownBy(problems::throwIfAny)
        .hasMessage(folder.resolve("use.conf") + ": use-case is missing; accepted: a string");
  }

  @Test
  void aBlockOfTwoFilesIsToldWithBoth() throws IOException {
    Path environment = file("site.conf", "models { trusted-keys = [a] }");
    Path useCase = file("use.conf", "use-case = x, steps = [a.b]\nmodels { signing = b }");
    Problems problems = new Problems();
    Layers layers = Layers.read(useCase, Optional.of(environment), List.of());

    assertThat(Place.of(layers.user().getObject("models").origin()).replace(folder + "/", ""))
        .isEqualTo("use.conf:2 and site.conf:1");
    new Binder(problems).bind(Settings.class, "", layers);
    assertThatThrownBy(problems::throwIfAny)
        .hasMessageContaining("use.conf:2: there is no key models.signing")
        .hasMessageContaining("did you mean signing-key?");
  }
}
