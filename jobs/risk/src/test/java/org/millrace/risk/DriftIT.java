package org.millrace.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport.JobReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;

/** Loans that drift away from those that a model was trained on, by the command line. */
class DriftIT {
  private static final Path HOME = Path.of(System.getProperty("millrace.home"));
  private static final Path LOANS = HOME.resolve("data/credit/loans.csv.gz");
  private static final int HOME_COLUMN = 3;
  private static final int INCOME = 10;
  private static final int PRICE = 14;

  @TempDir Path root;

  private CommandResult run(String steps, Path table, String... set) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "steps=[" + steps + "]",
                "risk.train.examples.path=\"" + LOANS + "\"",
                "risk.train.choose={kind=split}",
                "risk.train.candidates=[{kind=gradient-boosting,gradient-boosting{rounds=20,early-stopping=0}}]",
                "risk.score.examples.path=\"" + table + "\"",
                "risk.score.reasons.top=0",
                "risk.drift={examples=${risk.score.examples},table=loan-drift}"));
    all.addAll(Arrays.asList(set));
    List<String> line = new ArrayList<>(List.of("run"));
    line.add(HOME.resolve("jobs/risk/src/test/resources/use-cases/loans.conf").toString());
    line.addAll(List.of("--root", root.toString(), "--date", "2026-01-31"));
    for (String key : all) {
      line.addAll(List.of("--set", key));
    }
    return Cli.run(line.toArray(String[]::new));
  }

  private JobReport done(CommandResult result) {
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    List<JobReport> jobs = result.report(root).jobs();
    return jobs.get(jobs.size() - 1);
  }

  private static String told(CommandResult result) {
    return (result.out() + result.err()).replaceAll("\\s+", " ");
  }

  private static List<String> loans() {
    try (var in = new GZIPInputStream(Files.newInputStream(LOANS))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path table(String name, UnaryOperator<String[]> change, long rows) throws IOException {
    List<String> lines = loans();
    Stream<String> changed =
        lines.stream()
            .skip(1)
            .limit(rows)
            .map(line -> String.join(",", change.apply(line.split(",", -1))));
    Path file = root.resolve(name + ".csv");
    Files.writeString(
        file,
        Stream.concat(lines.stream().limit(1), changed)
            .collect(Collectors.joining("\n", "", "\n")));
    return file;
  }

  /** Every fifth applicant lives on a boat, and nobody tells an income. */
  private static String[] shifted(String[] loan) {
    loan[HOME_COLUMN] = Integer.parseInt(loan[0]) % 5 == 0 ? "boat" : loan[HOME_COLUMN];
    loan[INCOME] = "";
    return loan;
  }

  private Path published() {
    return root.resolve("tables/loan-drift/ds=2026-01-31");
  }

  @Test
  void loansThatDriftAreToldOfOrRefused() throws Exception {
    JobReport same = done(run("risk.train,risk.score", LOANS));
    assertThat(same.warnings()).isEmpty();
    assertThat(same.metrics())
        .extracting(m -> m.name())
        .containsExactly("greatest-psi", "psi-of-probability");
    assertThat(same.metrics()).allSatisfy(m -> assertThat(m.value()).isBetween(0.0, 0.05));

    Path shifted = table("shifted", DriftIT::shifted, Long.MAX_VALUE);
    Path scores = root.resolve("scores/loan-default/ds=2026-01-31");
    byte[] before = Files.readAllBytes(scores.resolve("_manifest.json"));
    CommandResult refused = run("risk.score", shifted, "risk.score.drift.action=refuse");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(told(refused))
        .contains("the table has drifted from what model")
        .contains("column income is missing in 100.0 % of 4454 rows")
        .contains("column home has a population stability index of")
        .contains("nothing was published");
    assertThat(refused.report(root).status()).isEqualTo("refused");
    assertThat(refused.report(root).jobs().get(0).tables()).isNotEmpty();
    assertThat(Files.readAllBytes(scores.resolve("_manifest.json"))).isEqualTo(before);

    CommandResult warned = run("risk.drift,risk.score", shifted);
    assertThat(done(warned).warnings())
        .anyMatch(w -> w.startsWith("column income is missing"))
        .anyMatch(w -> w.contains("levels that training had not, such as boat"));
    assertThat(told(warned)).contains("drift: column income is missing");
    assertThat(PublishedRows.of(scores, "id")).hasSize(4454);
    isATable(warned.report(root).jobs().get(0));

    JobReport unjudged = done(run("risk.score", shifted, "risk.score.drift.action=none"));
    assertThat(unjudged.warnings()).isEmpty();
    assertThat(unjudged.metrics()).isEmpty();
    Path few = table("few", DriftIT::shifted, 20);
    assertThat(done(run("risk.score", few, "risk.score.drift.action=refuse")).warnings()).isEmpty();
    endsWhatComesBehind(shifted);
    noRows();
  }

  private void isATable(JobReport told) {
    assertThat(told.charts())
        .extracting(c -> c.title())
        .contains("Population stability index", "Distribution of income", "Distribution of home");
    List<String> rows = PublishedRows.of(published(), "role", "column", "kind", "rows", "judged");
    assertThat(rows)
        .hasSize(14)
        .contains(
            "feature home categorical 4454 true",
            "feature income numeric 4454 true",
            "score probability numeric 4454 true");
    // Training rows and those that were held out are all there are.
    List<String> baselines = PublishedRows.of(published(), "baseline_rows");
    assertThat(baselines.stream().distinct().mapToInt(Integer::parseInt).sum()).isEqualTo(4454);
    assertThat(PublishedRows.of(published(), "column", "missing_rate")).contains("income 1.0");
  }

  private void endsWhatComesBehind(Path shifted) {
    CommandResult refused = run("risk.drift,risk.score", shifted, "risk.drift.judge.action=refuse");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(told(refused)).contains("tables/loan-drift tells all of it");
    assertThat(refused.report(root).jobs()).hasSize(1);
    assertThat(refused.report(root).jobs().get(0).outputs()).hasSize(1);
  }

  private void noRows() throws IOException {
    CommandResult result = run("risk.drift", table("empty", r -> r, 0));
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(told(result)).contains("has no rows");
  }

  @Test
  void scoresOfSeveralClassesAreWatchedByClassAndProbability() {
    JobReport told =
        done(
            run(
                "risk.train,risk.drift",
                LOANS,
                "risk.train.label={column=marital,positive=null}",
                "risk.train.features.exclude=[status]"));
    assertThat(told.warnings()).isEmpty();
    assertThat(PublishedRows.of(published(), "role", "column"))
        .contains("score class", "score probability", "feature job")
        .doesNotContain("feature marital", "feature status");
  }

  @Test
  void scoresOfARegressionAreWatchedByTheirValue() throws Exception {
    Path poorer =
        table(
            "poorer",
            loan -> {
              loan[PRICE] = String.valueOf(Integer.parseInt(loan[PRICE]) / 3);
              return loan;
            },
            Long.MAX_VALUE);
    JobReport told =
        done(
            run(
                "risk.train,risk.score",
                poorer,
                "risk.train.label={column=amount,positive=null}",
                "risk.train.features.exclude=[status]"));
    assertThat(told.warnings())
        .anyMatch(w -> w.startsWith("column price has a population stability index"))
        .anyMatch(w -> w.startsWith("column value has a population stability index"));
  }
}
