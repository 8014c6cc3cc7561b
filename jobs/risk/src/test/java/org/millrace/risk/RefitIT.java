package org.millrace.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport.JobReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;

/** What only the newest rows tell is learnt by a model that is fitted once more, and not else. */
class RefitIT {
  private static final int ROWS = 200;
  private static final int NEW = 160;

  @TempDir Path root;

  /** The price is 10 or 12, but 50 in a shop that opened with the newest fifth of the rows. */
  private Path useCase() throws IOException {
    Files.writeString(
        Files.createDirectories(root.resolve("schemas")).resolve("prices.v1.odcs.yaml"),
        """
        kind: DataContract
        apiVersion: v3.1.0
        id: prices
        name: prices
        version: 1.0.0
        status: active
        schema:
          - name: prices
            properties:
              - { name: id, logicalType: integer, required: true, primaryKey: true, primaryKeyPosition: 1 }
              - { name: day, logicalType: integer }
              - { name: shop, logicalType: string }
              - { name: price, logicalType: number }
        """);
    StringBuilder table = new StringBuilder("id,day,shop,price\n");
    for (int i = 0; i < ROWS; i++) {
      String shop = i >= NEW && i % 2 == 0 ? "new" : i % 4 < 2 ? "east" : "west";
      int price = shop.equals("new") ? 50 : shop.equals("east") ? 10 : 12;
      table.append("%d,%d,%s,%d\n".formatted(i, i, shop, price));
    }
    Path file = Files.writeString(root.resolve("prices.csv"), table);
    return Files.writeString(
        root.resolve("prices.conf"),
        """
        use-case = prices
        steps = [risk.train, risk.score]
        data-schemas = "%s"
        spark { ui.enabled = false, sql.shuffle.partitions = 2 }
        risk {
          train {
            examples { path = "%s", contract = prices.v1 }
            label { column = price }
            features.exclude = [day]
            time = day
            holdout.kind = by-time
            choose { kind = split }
            candidates = [{ kind = linear-regression, linear-regression { regularization = [0] } }]
          }
          score { examples = ${risk.train.examples} }
        }
        """
            .formatted(root.resolve("schemas"), file));
  }

  private JobReport train(boolean refit) throws IOException {
    List<String> line = new ArrayList<>(List.of("run", useCase().toString()));
    line.addAll(List.of("--root", root.toString(), "--date", "2026-01-31"));
    line.addAll(List.of("--set", "risk.train.refit=" + refit));
    CommandResult result = Cli.run(line.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result.report(root).jobs().get(0);
  }

  private double told(int id) {
    return PublishedRows.of(root.resolve("scores/prices/ds=2026-01-31"), "id", "value").stream()
        .filter(row -> row.startsWith(id + " "))
        .mapToDouble(row -> Double.parseDouble(row.split(" ", -1)[1]))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theNewestRowsAreLearntFromOnceTheyWereMeasuredOn() throws IOException {
    JobReport without = train(false);
    assertThat(told(NEW)).isCloseTo(11, within(2.0));
    JobReport with = train(true);
    assertThat(told(NEW)).isCloseTo(50, within(1.0));
    assertThat(told(0)).isCloseTo(10, within(1.0));
    assertThat(with.metrics()).as("measured before, without them").isEqualTo(without.metrics());
  }
}
