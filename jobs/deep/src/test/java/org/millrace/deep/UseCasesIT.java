package org.millrace.deep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.report.RunReport.JobReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.UseCaseFiles;

/** The use cases that users copy, on their own data, with fewer epochs. */
class UseCasesIT {
  private static final Path HOME = Path.of(System.getProperty("millrace.home"));

  @TempDir Path root;

  private CommandResult run(String useCase, String train, String score, String... more) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("run", UseCaseFiles.of(useCase).toString()));
    line.addAll(List.of("--root", root.toString(), "--date", "2026-01-31"));
    line.addAll(List.of("--set", "deep.train.examples.path=\"%s\"".formatted(HOME.resolve(train))));
    if (!score.isEmpty()) {
      for (String job : List.of("score", "evaluate")) {
        String path = "deep.%s.examples.path=\"%s\"".formatted(job, HOME.resolve(score));
        line.addAll(List.of("--set", path));
      }
    }
    for (String key : more) {
      line.addAll(List.of("--set", key));
    }
    return Cli.run(line.toArray(String[]::new));
  }

  private static double accuracy(JobReport job) {
    return job.metrics().stream()
        .filter(m -> m.name().equals("accuracy"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void picturesOfClothesAreTold() {
    CommandResult result =
        run(
            "fashion",
            "data/fashion/train-*",
            "data/fashion/test-*",
            "deep.train.training.epochs=2",
            "deep.train.gate.at-least=0.5");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    List<JobReport> jobs = result.report(root).jobs();
    assertThat(accuracy(jobs.get(2))).isGreaterThan(0.55);
    assertThat(jobs.get(2).galleries()).isNotEmpty();
    assertThat(jobs.get(1).outputs().get(0).scored()).isEqualTo(500);
  }

  @Test
  void reviewsAreTold() {
    CommandResult result =
        run(
            "review-sentiment",
            "data/reviews/train.csv.gz",
            "data/reviews/test.csv.gz",
            "deep.train.training.epochs=2",
            "deep.train.gate.at-least=0.5");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    List<JobReport> jobs = result.report(root).jobs();
    JobReport measured = jobs.get(2);
    assertThat(measured.metrics().stream().filter(m -> m.name().equals("roc-auc")).findFirst())
        .hasValueSatisfying(m -> assertThat(m.value()).isGreaterThan(0.6));
    assertThat(jobs.get(1).outputs().get(0).scored()).isEqualTo(400);
  }

  /** Those whose data is not in the repository too. */
  @ParameterizedTest
  @ValueSource(strings = {"fashion", "review-sentiment", "vowels", "spoken-digits", "load-lstm"})
  void everyKeyIsBoundAndEveryContractHasItsColumns(String name) {
    UseCaseFiles.assertBound(name);
  }
}
