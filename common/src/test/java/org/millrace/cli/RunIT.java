package org.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.DemoUseCase;
import org.millrace.testing.PublishedRows;
import org.millrace.testing.RunSchema;

class RunIT {
  @TempDir private Path folder;

  private DemoUseCase copies(String... more) {
    return DemoUseCase.in(
        folder,
        "steps = [demo.copy]",
        "demo.copy { numbers { path = $numbers, max-reject-share = 0.5 }, times = 10 }",
        String.join("\n", more));
  }

  @Test
  void aRunPublishesItsTableAndTellsWhatHappened() throws IOException {
    DemoUseCase copies = copies();

    CommandResult run = copies.numbers("a,1", "b,2", "c,-3").run();

    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(PublishedRows.of(copies.partition("tables/copies"), "id", "amount"))
        .containsExactly("a 10.0", "b 20.0");
    assertThat(copies.partition("tables/copies").resolve("_manifest.json")).exists();
    assertThat(PublishedRows.of(copies.partition("rejects/demo/demo.copy"))).hasSize(1);
    RunReport report = run.report(copies.root());
    assertThat(report.status()).isEqualTo("done");
    assertThat(report.exitCode()).contains(0);
    assertThat(report.date()).isEqualTo(DemoUseCase.DATE);
    assertThat(report.jobs()).hasSize(1);
    assertThat(report.jobs().get(0).status()).isEqualTo("done");
    assertThat(report.jobs().get(0).inputs().get(0).rejected()).isEqualTo(1);
    assertThat(report.jobs().get(0).outputs().get(0).rows()).isEqualTo(2);
    assertThat(RunSchema.problems(run.runFolder(copies.root()).resolve("run.json"))).isEmpty();
    assertThat(run.out())
        .contains("demo.copy  read numbers", "demo.copy  publish tables/copies", "report.html");
    assertThat(copies.root().resolve(".staging").toFile().list()).isEmpty();
  }

  @Test
  void aRunsFolderHoldsReportConfigurationAndLog() throws IOException {
    DemoUseCase copies = copies("spark.password = hunter2");

    CommandResult run = copies.run("--set", "demo.copy.table=others");

    Path at = run.runFolder(copies.root());
    assertThat(at.toFile().list())
        .filteredOn(name -> !name.endsWith(".crc"))
        .containsExactlyInAnyOrder("run.json", "report.html", "resolved.conf", "run.log");
    assertThat(Files.readString(at.resolve("report.html"))).startsWith("<!DOCTYPE html>");
    String resolved = Files.readString(at.resolve("resolved.conf"));
    assertThat(resolved.lines())
        .contains(
            "demo.copy.table = \"others\"  # --set demo.copy.table",
            "demo.copy.times = 10  # " + copies.file() + ":3",
            "root = \"" + copies.root() + "\"  # --root",
            "spark.password = \"*****\"  # " + copies.file() + ":4")
        .anyMatch(l -> l.matches("demo.copy.numbers.csv.delimiter = \",\" {2}# .*table.conf:\\d+"))
        .noneMatch(l -> l.startsWith("demo.end"));
    assertThat(resolved + Files.readString(at.resolve("report.html"))).doesNotContain("hunter2");
    assertThat(copies.partition("tables/others")).exists();
  }

  @Test
  void runningADateAgainReplacesItAndOtherDatesStay() {
    DemoUseCase copies = copies();

    copies.run();
    copies.numbers("z,7").run();
    copies.runOn("2026-02-01");

    assertThat(PublishedRows.of(copies.partition("tables/copies"), "id", "amount"))
        .containsExactly("z 70.0");
    assertThat(copies.root().resolve("tables/copies/ds=2026-02-01")).exists();
    assertThat(copies.root().resolve("runs").toFile().list()).hasSize(3);
  }

  @Test
  void rejectsOfAnEarlierRunOfTheDateGoAway() {
    DemoUseCase copies = copies();

    copies.numbers("a,1", "b,-2").run();
    assertThat(copies.partition("rejects/demo/demo.copy")).exists();
    copies.numbers("a,1").run();

    assertThat(copies.partition("rejects/demo/demo.copy")).doesNotExist();
  }

  @Test
  void theDateIsTodayInUtcByDefault() {
    DemoUseCase copies = copies();

    Cli.run("run", copies.file().toString(), "--root", copies.root().toString());

    assertThat(copies.root().resolve("tables/copies").toFile().list())
        .containsAnyOf(
            "ds=" + LocalDate.now(ZoneOffset.UTC),
            "ds=" + LocalDate.now(ZoneOffset.UTC).minusDays(1));
  }

  @Test
  void onlyTheStepsThatAreNamedRun() {
    DemoUseCase both =
        DemoUseCase.in(
            folder,
            "steps = [demo.copy, demo.end]",
            "demo.copy.numbers.path = $numbers",
            "demo.end.ending { kind = bug, bug.message = unreached }");

    CommandResult run = both.run("--step", "demo.copy");

    assertThat(run.exitCode()).isZero();
    assertThat(run.report(both.root()).jobs()).extracting("job").containsExactly("demo.copy");
    CommandResult wrong = both.run("--step", "demo.cop");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("--step demo.cop: the steps of demo are demo.copy, demo.end");
  }

  @Test
  void anEnvironmentLiesUnderTheUseCase() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.createDirectories(home.resolve("conf/env"));
    Files.writeString(
        home.resolve("conf/env/site.conf"), "demo.copy { times = 99, table = of-the-site }\n");
    DemoUseCase copies = copies();
    String before = System.getProperty("millrace.home");
    System.setProperty("millrace.home", home.toString());
    try {
      assertThat(copies.run("--env", "site").exitCode()).isZero();
      assertThat(PublishedRows.of(copies.partition("tables/of-the-site"), "amount"))
          .containsExactly("10.0", "20.0", "30.0");
      CommandResult wrong = copies.run("--env", "sight");
      assertThat(wrong.exitCode()).isEqualTo(2);
      assertThat(wrong.err())
          .contains(
              "--env sight: accepted, by the files in " + home.resolve("conf/env") + ": site");
    } finally {
      System.setProperty("millrace.home", before);
    }
  }
}
