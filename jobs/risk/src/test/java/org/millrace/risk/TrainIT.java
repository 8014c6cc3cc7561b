package org.millrace.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport.JobReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;

/** Loans in, a model and scores out, by the command line. */
class TrainIT {
  private static final Path HOME = Path.of(System.getProperty("millrace.home"));

  @TempDir Path root;

  private CommandResult run(String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "run",
                HOME.resolve("conf/use-cases/loan-default.conf").toString(),
                "--root",
                root.toString(),
                "--date",
                "2026-01-31",
                "--set",
                "spark.ui.enabled=false",
                "--set",
                "spark.sql.shuffle.partitions=2"));
    for (String job : List.of("train", "score")) {
      line.add("--set");
      line.add(
          "risk.%s.examples.path=\"%s\"".formatted(job, HOME.resolve("data/credit/loans.csv.gz")));
    }
    line.addAll(Arrays.asList(more));
    return Cli.run(line.toArray(String[]::new));
  }

  @Test
  void loansAreTold() {
    // Two folds in place of five: the candidates are those of the use case.
    CommandResult result = run("--set", "risk.train.choose.random.folds=2");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    JobReport training = result.report(root).jobs().get(0);
    assertThat(training.metrics().stream().filter(m -> m.name().equals("roc-auc")).findFirst())
        .hasValueSatisfying(
            m -> {
              assertThat(m.value()).isGreaterThan(0.8);
              assertThat(m.baselines().get("base rate")).isEqualTo(0.5);
            });
    assertThat(training.metrics().stream().filter(m -> m.name().equals("ece")).findFirst())
        .hasValueSatisfying(m -> assertThat(m.value()).isLessThan(0.05));
    assertThat(training.metrics())
        .extracting(m -> m.name())
        .contains("equal-opportunity-difference-home");
    assertThat(training.tables())
        .extracting(t -> t.title())
        .anyMatch(title -> title.startsWith("Confusion at the threshold"));
    assertThat(PublishedRows.of(root.resolve("scores/loan-default/ds=2026-01-31"), "id", "class"))
        .hasSize(4454);
  }

  /** Three loans in four to learn from, the others to measure on. */
  private Path part(boolean learnt) throws IOException {
    List<String> lines;
    try (var in =
        new GZIPInputStream(Files.newInputStream(HOME.resolve("data/credit/loans.csv.gz")))) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    return Files.write(
        root.resolve(learnt + ".csv"),
        IntStream.range(0, lines.size())
            .filter(i -> i == 0 || i % 4 != 1 == learnt)
            .mapToObj(lines::get)
            .toList());
  }

  private CommandResult evaluate(Path table) {
    return run(
        "--set",
        "steps=[risk.evaluate]",
        "--set",
        "risk.evaluate.examples.path=\"%s\"".formatted(table),
        "--set",
        "risk.evaluate.examples.contract=loans.v1",
        "--set",
        "risk.evaluate.groups=[home]");
  }

  @Test
  void aModelIsMeasuredOnATableWithLabels() throws IOException {
    Path learnt = part(true);
    Path others = part(false);
    CommandResult trained =
        run(
            "--step",
            "risk.train",
            "--set",
            "risk.train.choose={kind=split}",
            "--set",
            "risk.train.examples.path=\"%s\"".formatted(learnt));
    assertThat(trained.exitCode()).as(trained.out() + trained.err()).isZero();
    CommandResult result = evaluate(others);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    JobReport measured = result.report(root).jobs().get(0);
    assertThat(measured.inputs().get(0).accepted()).isEqualTo(1114);
    assertThat(measured.metrics().stream().filter(m -> m.name().equals("roc-auc")).findFirst())
        .hasValueSatisfying(m -> assertThat(m.value()).isBetween(0.78, 0.9));
    assertThat(measured.metrics())
        .extracting(m -> m.name())
        .contains("demographic-parity-difference-home");
    assertThat(measured.warnings()).noneMatch(w -> w.contains("trained on this very table"));
    assertThat(evaluate(learnt).report(root).jobs().get(0).warnings())
        .anyMatch(w -> w.contains("was trained on this very table"));
  }
}
