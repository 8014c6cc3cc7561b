package org.millrace.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport;
import org.millrace.report.RunReport.JobReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;

/** What is wrong with a table is told in a sentence, or named and gone on with. */
class BadInputIT {
  private static final int ROWS = 80;
  private static final String HEADER = "id,customer,day,x,same,gone,shop,late,label\n";
  private static final String CONTRACT =
      """
      kind: DataContract
      apiVersion: v3.1.0
      id: toys
      name: toys
      version: 1.0.0
      status: active
      schema:
        - name: toys
          logicalType: object
          physicalType: table
          properties:
            - { name: id, logicalType: integer, required: true, primaryKey: true, primaryKeyPosition: 1 }
            - { name: customer, logicalType: integer }
            - { name: day, logicalType: integer }
            - { name: x, logicalType: number }
            - { name: same, logicalType: number }
            - { name: gone, logicalType: number }
            - { name: shop, logicalType: string }
            - { name: late, logicalType: boolean }
            - { name: label, logicalType: string }
      """;

  @TempDir Path root;

  /** Row i with a label of its own; x tells it, mostly. */
  private static String row(int i, String x, String shop, String late, String label) {
    return "%d,%d,%d,%s,7,,%s,%s,%s\n".formatted(i, i % 20, i, x, shop, late, label);
  }

  private static String usual(int i) {
    SplittableRandom random =
        new SplittableRandom(i); // Random's first draws of near seeds are alike.
    boolean yes = random.nextBoolean();
    return row(
        i,
        "%.3f".formatted(random.nextGaussian() + (yes ? 1 : 0)),
        i % 2 == 0 ? "north" : "south",
        String.valueOf(random.nextBoolean()),
        yes ? "yes" : "no");
  }

  private Path table(String name, int rows, IntFunction<String> row) throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < rows; i++) {
      text.append(row.apply(i));
    }
    return Files.writeString(root.resolve(name + ".csv"), text);
  }

  private CommandResult run(String step, Path table, String... more) throws IOException {
    Path schemas = Files.createDirectories(root.resolve("schemas"));
    Files.writeString(schemas.resolve("toys.v1.odcs.yaml"), CONTRACT);
    Path useCase =
        Files.writeString(
            root.resolve("toys.conf"),
            """
            use-case = toys
            steps = [%s]
            data-schemas = "%s"
            spark { ui.enabled = false, sql.shuffle.partitions = 2 }
            risk {
              train {
                examples { path = "%s", contract = toys.v1 }
                label { column = label, positive = yes }
                features.exclude = [customer, day]
                candidates = [
                  { kind = gradient-boosting, gradient-boosting { rounds = 5, early-stopping = 0, min-child-weight = [0.1] } }
                ]
                choose { kind = split }
              }
              score { examples { path = "%s", contract = toys.v1 } }
              evaluate { examples { path = "%s", contract = toys.v1 } }
            }
            """
                .formatted(step, schemas, table, table, table));
    List<String> line = new ArrayList<>(List.of("run", useCase.toString()));
    line.addAll(List.of("--root", root.toString(), "--date", "2026-01-31"));
    Arrays.stream(more).forEach(set -> line.addAll(List.of("--set", set)));
    return Cli.run(line.toArray(String[]::new));
  }

  private JobReport passes(CommandResult result) {
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    RunReport report = result.report(root);
    return report.jobs().get(0);
  }

  private static void stops(CommandResult result, int code, String sentence) {
    String told = (result.out() + result.err()).replaceAll("\\s+", " ");
    assertThat(result.exitCode()).as(told).isEqualTo(code);
    assertThat(told).contains(sentence);
  }

  @Test
  void labelsThatDoNotMakeATaskAreRefused() throws IOException {
    stops(
        run("risk.train", table("one", ROWS, i -> usual(i).replace(",no\n", ",yes\n"))),
        3,
        "label column label holds one class only, yes in all of 80 rows");
    stops(
        run(
            "risk.train",
            table("three", ROWS, i -> i == 3 ? row(i, "1", "n", "true", "perhaps") : usual(i))),
        3,
        "label column label has 3 values (no in");
    stops(
        run("risk.train", table("none", ROWS, i -> usual(i).replaceAll(",(yes|no)\n", ",\n"))),
        3,
        "no row of examples has a label in column label");
    stops(run("risk.train", table("empty", 0, i -> "")), 3, "has no rows");
    stops(
        run(
            "risk.train",
            table("few", 2, i -> row(i, "1", "n", "true", i == 0 ? "yes" : "no")),
            "risk.train.holdout.fraction.share=0.99"),
        3,
        "no rows are left to train on");
  }

  @Test
  void columnsThatTellNothingOrTooMuchAreNamed() throws IOException {
    // x is at times infinite, and late is the label.
    Path odd =
        table(
            "odd",
            ROWS,
            i ->
                row(
                    i,
                    i % 10 == 0 ? "Infinity" : i % 10 == 1 ? "-Infinity" : String.valueOf(i % 7),
                    i % 2 == 0 ? "north" : "south",
                    String.valueOf(i % 3 == 0),
                    i % 3 == 0 ? "yes" : "no"));
    stops(run("risk.train", odd), 3, "x is 'Infinity', must be a finite number");
    JobReport trained = passes(run("risk.train", odd, "risk.train.examples.max-reject-share=0.3"));
    assertThat(trained.inputs().get(0).rejected()).isEqualTo(16);
    assertThat(trained.warnings())
        .anyMatch(w -> w.contains("column same is 7.0 in all training rows"))
        .anyMatch(w -> w.contains("column gone has no value in any training row"))
        .anyMatch(w -> w.contains("feature late of column late tells the label by itself"));
    Path scored = table("unseen", 10, i -> row(i, i == 0 ? "" : "1", "nowhere" + i, "", ""));
    passes(run("risk.score", scored));
    assertThat(PublishedRows.of(root.resolve("scores/toys/ds=2026-01-31"), "id", "probability"))
        .hasSize(10)
        .noneMatch(row -> row.contains("NaN"));
    Path renamed = root.resolve("renamed.csv");
    Files.writeString(renamed, Files.readString(scored).replaceFirst(",x,", ",y,"));
    stops(run("risk.score", renamed), 3, "table examples has no column x");
    Path texts = table("texts", 10, i -> row(i, "much", "north", "true", ""));
    stops(run("risk.score", texts), 3, "x is 'much', must be a number");
    Path unlabelled = root.resolve("unlabelled.csv");
    Files.writeString(
        unlabelled,
        Files.readString(renamed).replaceFirst(",y,", ",x,").replace(",label", ",outcome"));
    stops(run("risk.evaluate", unlabelled), 3, "has no column label");
  }

  /** Spark would take a dot for a field of a structure. */
  @Test
  void namesWithDotsAndBlanksAreColumnsLikeOthers() throws IOException {
    Path schemas = Files.createDirectories(root.resolve("schemas"));
    Files.writeString(
        schemas.resolve("dotted.v1.odcs.yaml"),
        CONTRACT
            .replace("name: id,", "name: 'loan.id',")
            .replace("name: x,", "name: 'x.in EUR',")
            .replace("name: label,", "name: 'how.it ended',"));
    Path table = table("dotted", ROWS, BadInputIT::usual);
    String columns = "{ loan.id = id, \"x.in EUR\" = x, \"how.it ended\" = label }";
    passes(
        run(
            "risk.train, risk.score, risk.evaluate",
            table,
            "risk.train.examples.contract=dotted.v1",
            "risk.score.examples.contract=dotted.v1",
            "risk.evaluate.examples.contract=dotted.v1",
            "risk.train.examples.columns=" + columns,
            "risk.score.examples.columns=" + columns,
            "risk.evaluate.examples.columns=" + columns,
            "risk.train.groups=[shop]",
            "risk.train.label.column=how.it ended"));
  }

  @Test
  void rowsOfOneKeyOnBothSidesAreTold() throws IOException {
    // Twenty customers, each with rows on many days.
    JobReport trained =
        passes(
            run(
                "risk.train",
                table("customers", ROWS, BadInputIT::usual),
                "risk.train.keys=[customer]",
                "risk.train.time=day",
                "risk.train.holdout.kind=by-time"));
    assertThat(trained.warnings())
        .anyMatch(w -> w.contains("16 of 16 held-out rows have a customer that training rows have"))
        .anyMatch(w -> w.contains("choose.kind = grouped"));
  }
}
