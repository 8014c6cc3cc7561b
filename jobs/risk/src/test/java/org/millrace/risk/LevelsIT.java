package org.millrace.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport.JobReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;

/** A column of many levels, with target statistics: it tells what it knows and nothing else. */
class LevelsIT {
  private static final int ROWS = 3_000;
  private static final int SHOPS = 300;

  @TempDir Path root;

  /**
   * @param effect how much a shop moves the share of positive rows away from one half
   */
  private JobReport train(double effect) throws IOException {
    Files.writeString(
        Files.createDirectories(root.resolve("schemas")).resolve("sales.v1.odcs.yaml"),
        """
        kind: DataContract
        apiVersion: v3.1.0
        id: sales
        name: sales
        version: 1.0.0
        status: active
        schema:
          - name: sales
            logicalType: object
            physicalType: table
            properties:
              - { name: id, logicalType: integer, required: true, primaryKey: true, primaryKeyPosition: 1 }
              - { name: shop, logicalType: string }
              - { name: returned, logicalType: boolean }
        """);
    Random random = new Random(41);
    StringBuilder text = new StringBuilder("id,shop,returned\n");
    for (int i = 0; i < ROWS; i++) {
      int shop = random.nextInt(SHOPS);
      double share = 0.5 + (shop % 2 == 0 ? effect : -effect);
      text.append("%d,shop%d,%b\n".formatted(i, shop, random.nextDouble() < share));
    }
    Path table = Files.writeString(root.resolve("sales.csv"), text);
    Path useCase =
        Files.writeString(
            root.resolve("sales.conf"),
            """
            use-case = sales
            steps = [risk.train]
            data-schemas = "%s"
            spark { ui.enabled = false, sql.shuffle.partitions = 2 }
            risk.train {
              examples { path = "%s", contract = sales.v1 }
              label { column = returned }
              choose.random.folds = 3
              features { one-hot-levels = 2, hash-buckets = 0, target-smoothing = 5 }
              candidates = [
                { kind = gradient-boosting, gradient-boosting { rounds = 20, depth = [3], early-stopping = 0 } }
              ]
            }
            """
                .formatted(root.resolve("schemas"), table));
    CommandResult result =
        Cli.run("run", useCase.toString(), "--root", root.toString(), "--date", "2026-01-31");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result.report(root).jobs().get(0);
  }

  /** On folds of the training rows, where labels could leak, and on rows that were held out. */
  private static List<Double> areas(JobReport job) {
    String folds =
        job.tables().stream()
            .filter(t -> t.title().startsWith("Trials"))
            .findFirst()
            .orElseThrow()
            .rows()
            .get(0)
            .get(2);
    double heldOut =
        job.metrics().stream()
            .filter(m -> m.name().equals("roc-auc"))
            .findFirst()
            .orElseThrow()
            .value();
    return List.of(Double.parseDouble(folds), heldOut);
  }

  @Test
  void levelsTellWhatTheyKnowAndNoiseTellsNothing() throws IOException {
    assertThat(areas(train(0))).as("noise").allSatisfy(a -> assertThat(a).isBetween(0.43, 0.57));
    assertThat(areas(train(0.3))).as("shops").allSatisfy(a -> assertThat(a).isGreaterThan(0.7));
  }
}
