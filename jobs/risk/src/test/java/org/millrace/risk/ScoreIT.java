package org.millrace.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;

/** Scores with reasons, by the command line. */
class ScoreIT {
  private static final Path HOME = Path.of(System.getProperty("millrace.home"));
  private static final Path LOANS = HOME.resolve("data/credit/loans.csv.gz");
  private static final int COLUMNS = 13;

  /** Few and quick: one fit to choose, one to keep. */
  private static final List<String> QUICK =
      List.of(
          "risk.train.choose={kind=split}",
          "risk.train.candidates=[{kind=gradient-boosting,gradient-boosting{rounds=20,early-stopping=0}}]",
          "risk.train.examples.path=\"" + LOANS + "\"");

  @TempDir Path root;

  private CommandResult run(String step, Path scored, String... set) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "run",
                HOME.resolve("jobs/risk/src/test/resources/use-cases/loans.conf").toString()));
    line.addAll(List.of("--root", root.toString(), "--date", "2026-01-31", "--step", step));
    List<String> all = new ArrayList<>(QUICK);
    all.add("risk.score.examples.path=\"" + scored + "\"");
    all.addAll(Arrays.asList(set));
    for (String key : all) {
      line.add("--set");
      line.add(key);
    }
    return Cli.run(line.toArray(String[]::new));
  }

  private List<Group> scores(String... set) {
    CommandResult result = run("risk.score", LOANS, set);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    List<Group> rows = new ArrayList<>();
    for (File file : root.resolve("scores/loan-default/ds=2026-01-31").toFile().listFiles()) {
      if (file.getName().endsWith(".parquet")) {
        read(file, rows);
      }
    }
    assertThat(rows).hasSize(4454);
    return rows;
  }

  private static void read(File file, List<Group> rows) {
    var path = new org.apache.hadoop.fs.Path(file.toURI());
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), path).withConf(new Configuration()).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void train(String... set) {
    CommandResult result = run("risk.train", LOANS, set);
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  private static double sum(Group row) {
    Group list = row.getGroup("reason_contributions", 0);
    double sum = 0;
    for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
      sum += list.getGroup(0, i).getDouble(0, 0);
    }
    return sum;
  }

  private static int count(Group row, String column) {
    return row.getFieldRepetitionCount(column) == 0
        ? -1
        : row.getGroup(column, 0).getFieldRepetitionCount(0);
  }

  private static void assertAddUp(List<Group> rows) {
    for (Group row : rows) {
      assertThat(count(row, "reason_columns")).isEqualTo(COLUMNS);
      assertThat(row.getDouble("base_score", 0) + sum(row))
          .isCloseTo(row.getDouble("raw_score", 0), within(1e-6));
    }
  }

  @Test
  void reasonsOfTwoClassesAddUpToTheLogOdds() throws Exception {
    train("risk.train.decision={kind=fixed,fixed{threshold=0.3}}");
    List<Group> all = scores("risk.score.reasons.top=100");
    assertAddUp(all);
    for (Group row : all) {
      double probability = row.getDouble("probability", 0);
      assertThat(row.getString("class", 0)).isEqualTo(probability > 0.5 ? "bad" : "good");
      assertThat(row.getBoolean("decision", 0)).isEqualTo(probability >= 0.3);
    }
    Map<String, String> file = firstLoan();
    Group first = all.stream().filter(r -> r.getLong("id", 0) == 1).findFirst().orElseThrow();
    Group names = first.getGroup("reason_columns", 0);
    Group values = first.getGroup("reason_values", 0);
    for (int i = 0; i < COLUMNS; i++) {
      String value = values.getGroup(0, i).getString(0, 0);
      assertThat(value.replaceFirst("\\.0$", ""))
          .isEqualTo(file.get(names.getGroup(0, i).getString(0, 0)));
    }
    assertThat(scores()).allSatisfy(r -> assertThat(count(r, "reason_columns")).isEqualTo(3));
    assertThat(scores("risk.score.reasons.top=0"))
        .allSatisfy(r -> assertThat(count(r, "reason_columns")).isEqualTo(-1));
    List<Group> lime = scores("risk.score.reasons.method={kind=lime,lime{neighbours=100}}");
    assertThat(lime).allSatisfy(r -> assertThat(count(r, "reason_columns")).isEqualTo(3));
    lacksAColumn();
    hasAColumnAsAnotherType();
  }

  /** Sentences without the line breaks of the terminal. */
  private static String told(CommandResult result) {
    return (result.out() + result.err()).replaceAll("\\s+", " ");
  }

  private static Map<String, String> firstLoan() throws IOException {
    String[] lines = text().split("\n", 3);
    String[] names = lines[0].split(",", -1);
    String[] values = lines[1].split(",", -1);
    Map<String, String> loan = new java.util.HashMap<>();
    for (int i = 0; i < names.length; i++) {
      loan.put(names[i], values[i]);
    }
    return loan;
  }

  private static String text() throws IOException {
    try (var in = new GZIPInputStream(Files.newInputStream(LOANS))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void lacksAColumn() throws IOException {
    Path file = root.resolve("renamed.csv");
    Files.writeString(file, text().replaceFirst("income", "earnings"));
    CommandResult result = run("risk.score", file);
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(told(result)).contains("table examples has no column income");
  }

  private void hasAColumnAsAnotherType() throws IOException {
    Path schemas = Files.createDirectories(root.resolve("schemas"));
    String contract = Files.readString(HOME.resolve("data-schemas/loans.v1.odcs.yaml"));
    int income = contract.indexOf("- name: income");
    int type = contract.indexOf("logicalType:", income);
    int end = contract.indexOf("\n", type);
    Files.writeString(
        schemas.resolve("loans-of-texts.v1.odcs.yaml"),
        contract.substring(0, type)
            + "logicalType: string"
            + contract.substring(end).replaceFirst("(?s)\n *logicalTypeOptions:.*?(?=\n *-)", ""));
    CommandResult result =
        run(
            "risk.score",
            LOANS,
            "data-schemas=\"" + schemas + "\"",
            "risk.score.examples.contract=loans-of-texts.v1");
    assertThat(result.exitCode()).as(result.err()).isEqualTo(3);
    assertThat(told(result))
        .contains("column income is of type string in contract loans-of-texts.v1")
        .contains("was trained on one of type");
  }

  @Test
  void reasonsOfSeveralClassesAreOfTheOneThatIsTold() {
    train(
        "risk.train.label={column=marital,positive=null}", "risk.train.features.exclude=[status]");
    List<Group> rows = scores("risk.score.reasons.top=100");
    for (Group row : rows) {
      assertThat(row.getDouble("base_score", 0) + sum(row))
          .isCloseTo(row.getDouble("raw_score", 0), within(1e-6));
    }
    assertThat(rows.stream().map(r -> r.getString("class", 0)).distinct()).hasSizeGreaterThan(1);
  }

  @Test
  void reasonsOfANumberAddUpToIt() {
    train("risk.train.label={column=amount,positive=null}", "risk.train.features.exclude=[status]");
    for (Group row : scores("risk.score.reasons.top=100")) {
      assertThat(row.getDouble("base_score", 0) + sum(row))
          .isCloseTo(row.getDouble("value", 0), within(1e-3));
    }
  }
}
