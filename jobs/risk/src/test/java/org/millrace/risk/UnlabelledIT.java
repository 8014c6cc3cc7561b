package org.millrace.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;

/** Payments without labels, of which a few were planted far from all others. */
class UnlabelledIT {
  private static final int ROWS = 1_000;
  private static final int EVERY = 40;

  @TempDir Path root;

  private CommandResult run(String step) throws IOException {
    Path schemas = Files.createDirectories(root.resolve("schemas"));
    Files.writeString(
        schemas.resolve("payments.v1.odcs.yaml"),
        """
        kind: DataContract
        apiVersion: v3.1.0
        id: payments
        name: payments
        version: 1.0.0
        status: active
        schema:
          - name: payments
            logicalType: object
            physicalType: table
            properties:
              - { name: id, logicalType: integer, required: true, primaryKey: true, primaryKeyPosition: 1 }
              - { name: amount, logicalType: number }
              - { name: hour, logicalType: number }
              - { name: shop, logicalType: string }
        """);
    Path useCase =
        Files.writeString(
            root.resolve("payments.conf"),
            """
            use-case = payments
            steps = [%s]
            data-schemas = "%s"
            spark { ui.enabled = false, sql.shuffle.partitions = 2 }
            risk {
              train {
                examples { path = "%s", contract = payments.v1 }
                candidates = [{ kind = isolation-forest }]
                decision { kind = capacity, capacity { share = 0.03 } }
              }
              score { examples = ${risk.train.examples} }
              evaluate { examples = ${risk.train.examples} }
            }
            """
                .formatted(step, schemas, table()));
    return Cli.run("run", useCase.toString(), "--root", root.toString(), "--date", "2026-01-31");
  }

  /**
   * Each fortieth row is on a ring around the others: neither amount nor hour alone gives it away.
   */
  private Path table() throws IOException {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("id,amount,hour,shop\n");
    for (int i = 0; i < ROWS; i++) {
      boolean odd = i % EVERY == 0;
      double angle = random.nextDouble() * 2 * Math.PI;
      text.append(
          "%d,%.4f,%.4f,%s\n"
              .formatted(
                  i,
                  odd ? 6 * Math.cos(angle) : random.nextGaussian(),
                  odd ? 6 * Math.sin(angle) : random.nextGaussian(),
                  random.nextBoolean() ? "north" : "south"));
    }
    return Files.writeString(root.resolve("payments.csv"), text);
  }

  @Test
  void plantedAnomaliesAreSelected() throws IOException {
    CommandResult result = run("risk.train, risk.score");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    RunReport report = result.report(root);
    assertThat(report.jobs().get(0).metrics()).as("nothing can be measured").isEmpty();
    assertThat(report.jobs().get(0).warnings()).anyMatch(w -> w.contains("label.column is absent"));
    assertThat(report.jobs().get(0).tables())
        .extracting(t -> t.title())
        .contains("What cannot be told without labels");
    assertThat(report.jobs().get(1).metrics()).extracting(m -> m.name()).contains("psi-of-anomaly");

    List<String> rows =
        PublishedRows.of(
            root.resolve("scores/payments/ds=2026-01-31"), "id", "anomaly", "decision");
    assertThat(rows).hasSize(ROWS);
    int planted = 0;
    int selected = 0;
    for (String row : rows) {
      String[] fields = row.split(" ", -1);
      assertThat(Double.parseDouble(fields[1])).isBetween(0.0, 1.0);
      if (fields[2].equals("true")) {
        selected++;
        planted += Integer.parseInt(fields[0]) % EVERY == 0 ? 1 : 0;
      }
    }
    assertThat(selected).isBetween(15, 45);
    assertThat(planted).as("of 25 planted rows").isGreaterThanOrEqualTo(20);

    CommandResult measured = run("risk.evaluate");
    assertThat(measured.exitCode()).isEqualTo(2);
    assertThat((measured.out() + measured.err()).replaceAll("\\s+", " "))
        .contains("was trained without labels");
  }
}
