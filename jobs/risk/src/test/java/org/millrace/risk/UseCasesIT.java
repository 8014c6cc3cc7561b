package org.millrace.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport.JobReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;

/** The use cases that users copy, on tables that keep the same contracts. */
class UseCasesIT {
  private static final Path HOME = Path.of(System.getProperty("millrace.home"));
  private static final int ROWS = 400;

  /** The telling column puts 9 rows in 10 where they are: area 0.86 or so for who knows it. */
  private static final double KNOWN = 0.78;

  private static final String QUICK =
      "risk.train.candidates=[{kind=gradient-boosting,gradient-boosting{depth=[3],rounds=40,early-stopping=0}},"
          + "{kind=logistic-regression}]";

  @TempDir Path root;

  private JobReport run(String useCase, MadeTable made) throws IOException {
    Path table = made.write(root.resolve("table.csv"), ROWS, 5);
    String file = HOME.resolve("conf/use-cases/" + useCase + ".conf").toString();
    List<String> sets =
        new ArrayList<>(
            List.of(
                "--set",
                "risk.train.examples.path=\"" + table + "\"",
                "--set",
                "risk.score.examples.path=\"" + table + "\""));
    List<String> line = new ArrayList<>(List.of("validate", file));
    line.addAll(sets);
    CommandResult valid = Cli.run(line.toArray(String[]::new));
    assertThat(valid.exitCode()).as(valid.out() + valid.err()).isZero();
    // Its own candidates are worth minutes: these take seconds.
    line.set(0, "run");
    line.addAll(List.of("--root", root.toString(), "--date", "2026-01-31"));
    line.addAll(List.of("--set", QUICK, "--set", "risk.train.choose={kind=split,split.share=0.4}"));
    line.addAll(
        List.of("--set", "spark.sql.shuffle.partitions=2", "--set", "spark.ui.enabled=false"));
    CommandResult result = Cli.run(line.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(
            PublishedRows.of(
                root.resolve("scores/" + useCase + "/ds=2026-01-31"), "id", "probability"))
        .hasSize(ROWS);
    return result.report(root).jobs().get(0);
  }

  private static double metric(JobReport job, String name) {
    return job.metrics().stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void fraudIsFound() throws IOException {
    JobReport job =
        run(
            "fraud",
            MadeTable.of(HOME, "policies.v1", "CARAVAN", "noinsurance", "insurance", "MAANTHUI"));
    assertThat(metric(job, "roc-auc")).isGreaterThan(KNOWN);
    assertThat(job.tables())
        .extracting(t -> t.title())
        .anyMatch(title -> title.startsWith("Confusion at the threshold"));
  }

  @Test
  void diseasesAreFound() throws IOException {
    JobReport job =
        run("disease", MadeTable.of(HOME, "patients.v1", "diabetes", "neg", "pos", "glucose"));
    assertThat(metric(job, "roc-auc")).isGreaterThan(KNOWN);
  }

  @Test
  void clicksAreTold() throws IOException {
    JobReport job =
        run("click-through", MadeTable.of(HOME, "impressions.v1", "label", "0", "1", "I5"));
    assertThat(metric(job, "roc-auc")).isGreaterThan(KNOWN);
    assertThat(metric(job, "log-loss")).isLessThan(0.6);
  }
}
