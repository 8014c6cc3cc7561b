package org.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.report.RunReport;
import org.millrace.store.Root;
import org.millrace.store.RunLock;
import org.millrace.testing.CommandResult;
import org.millrace.testing.DemoUseCase;
import org.millrace.testing.PublishedRows;
import org.millrace.testing.RunSchema;

class EndingsIT {
  @TempDir private Path folder;

  private DemoUseCase ending(String ending) {
    return DemoUseCase.in(folder, "steps = [demo.end, demo.copy]", "demo.end.ending " + ending)
        .also("demo.copy.numbers.path = $numbers");
  }

  @ParameterizedTest
  @CsvSource({
    "contract, 3, refused",
    "gate, 4, refused",
    "usage, 2, failed",
    "broken-disk, 1, failed"
  })
  void aRefusalIsASentenceAndAnExitCode(String by, int code, String status) throws IOException {
    DemoUseCase useCase =
        ending("{ kind = refusal, refusal { by = %s, sentence = \"mend it so\" } }".formatted(by));

    CommandResult run = useCase.run();

    assertThat(run.exitCode()).isEqualTo(code);
    assertThat(run.out()).contains("mend it so").doesNotContain("log: ");
    assertThat(run.out() + run.err()).doesNotContain("Exception").doesNotContain("\tat ");
    RunReport report = run.report(useCase.root());
    assertThat(report.status()).isEqualTo(status);
    assertThat(report.exitCode()).contains(code);
    assertThat(report.message()).isEqualTo("mend it so");
    assertThat(report.jobs()).extracting("job").containsExactly("demo.end");
    assertThat(report.jobs()).extracting("status").containsExactly("failed");
    assertThat(RunSchema.problems(run.runFolder(useCase.root()).resolve("run.json"))).isEmpty();
    assertThat(log(run, useCase)).doesNotContain("\tat ");
    assertThat(useCase.partition("tables/copies")).doesNotExist();
  }

  @Test
  void aBugLeavesItsStackTraceInTheLogOnly() throws IOException {
    DemoUseCase useCase = ending("{ kind = bug, bug.message = \"a wheel came off\" }");

    CommandResult run = useCase.run();

    assertThat(run.exitCode()).isEqualTo(1);
    Path log = run.runFolder(useCase.root()).resolve("run.log");
    assertThat(run.out())
        .contains("IllegalStateException: a wheel came off")
        .containsPattern("(?m)^log: (file:)?" + log + "$")
        .doesNotContain("\tat ");
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(log(run, useCase))
        .contains("java.lang.IllegalStateException: a wheel came off")
        .contains("at org.millrace.testing.DemoEnd$Bug.end(");
    assertThat(run.report(useCase.root()).status()).isEqualTo("failed");
    assertThat(run.report(useCase.root()).message())
        .isEqualTo("IllegalStateException: a wheel came off");
    assertThat(run.runFolder(useCase.root()).resolve("report.html")).exists();
  }

  @Test
  void whatCausedARefusalIsInTheLog() throws IOException {
    DemoUseCase useCase = ending("{ kind = refusal, refusal.caused = true }");

    CommandResult run = useCase.run();

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).contains("log: ").doesNotContain("the cause of it");
    assertThat(log(run, useCase)).contains("java.io.IOException: the cause of it");
  }

  @Test
  void rejectsArePublishedThoughTheJobFails() {
    DemoUseCase useCase =
        ending("{ kind = bug, bug.message = late }")
            .also("demo.end.numbers { path = $numbers, max-reject-share = 0.9 }")
            .numbers("a,1", "b,none", "c,-3");

    CommandResult run = useCase.run();

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(PublishedRows.of(useCase.partition("rejects/demo/demo.end"))).hasSize(2);
    assertThat(run.report(useCase.root()).jobs().get(0).inputs().get(0).rejected()).isEqualTo(2);
  }

  @Test
  void tooManyRejectsEndTheRunAndAreThereToBeRead() {
    DemoUseCase useCase =
        DemoUseCase.in(folder, "steps = [demo.copy]", "demo.copy.numbers.path = $numbers")
            .numbers("a,1", "b,-2");

    CommandResult run = useCase.run();

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.report(useCase.root()).status()).isEqualTo("refused");
    assertThat(run.report(useCase.root()).message())
        .contains("1 of 2 rows", "demo-numbers.v1", "max-reject-share 0.01");
    assertThat(useCase.partition("tables/copies")).doesNotExist();
    assertThat(PublishedRows.of(useCase.partition("rejects/demo/demo.copy"))).hasSize(1);
  }

  @Test
  void aRootThatCannotBeWrittenIsWrongUsage() throws IOException {
    DemoUseCase useCase = ending("{}");
    Path file = Files.writeString(folder.resolve("file"), "not a folder");

    CommandResult run = useCase.under(file.resolve("root")).run();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("root " + file.resolve("root") + " cannot be written")
        .doesNotContain("\tat ");
  }

  @Test
  void aDateThatAnotherRunIsWritingIsLeftAlone() throws IOException {
    DemoUseCase useCase = ending("{}");
    Root root = Root.open(useCase.root().toString(), new Configuration());
    String what = "use-cases/demo/ds=" + DemoUseCase.DATE;

    try (RunLock other = RunLock.take(root, what, "demo-the-other-run", dead -> {})) {
      other.confirm();
      CommandResult run = useCase.run();

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("is being written by run demo-the-other-run");
      RunReport report = run.report(useCase.root());
      assertThat(report.status()).isEqualTo("failed");
      assertThat(report.exitCode()).contains(1);
      assertThat(report.message()).contains("demo-the-other-run", "wait for its end");
      assertThat(report.jobs()).isEmpty();
      assertThat(useCase.partition("tables/copies")).doesNotExist();
      assertThat(useCase.runOn("2026-02-01", "--step", "demo.copy").exitCode()).isZero();
    }
    assertThat(useCase.run().exitCode()).isZero();
  }

  private static String log(CommandResult run, DemoUseCase useCase) throws IOException {
    return Files.readString(run.runFolder(useCase.root()).resolve("run.log"));
  }
}
