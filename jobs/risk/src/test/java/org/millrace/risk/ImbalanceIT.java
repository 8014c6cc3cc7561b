package org.millrace.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;

/**
 * Rare rows whose probabilities were planted: whatever is done to the shares that are learnt from,
 * what is told are the shares as they are, and the threshold is the one that costs least.
 */
class ImbalanceIT {
  private static final int ROWS = 6_000;

  /** A missed row costs nine times a false alarm: least where one row in ten is positive. */
  private static final double BEST = 0.1;

  @TempDir Path root;
  private final double[] planted = new double[ROWS];

  private void write() throws IOException {
    Random random = new Random(23);
    Files.writeString(
        Files.createDirectories(root.resolve("schemas")).resolve("alarms.v1.odcs.yaml"),
        """
        kind: DataContract
        apiVersion: v3.1.0
        id: alarms
        name: alarms
        version: 1.0.0
        status: active
        schema:
          - name: alarms
            logicalType: object
            physicalType: table
            properties:
              - { name: id, logicalType: integer, required: true, primaryKey: true, primaryKeyPosition: 1 }
              - { name: x, logicalType: number }
              - { name: y, logicalType: number }
              - { name: came, logicalType: boolean }
        """);
    StringBuilder text = new StringBuilder("id,x,y,came\n");
    for (int i = 0; i < ROWS; i++) {
      double x = random.nextGaussian();
      double y = random.nextGaussian();
      planted[i] = 1 / (1 + Math.exp(4 - 1.2 * x - 0.8 * y));
      text.append("%d,%.5f,%.5f,%b\n".formatted(i, x, y, random.nextDouble() < planted[i]));
    }
    Files.writeString(root.resolve("alarms.csv"), text);
  }

  /** By id: probability and decision. */
  private List<String[]> scores(String balance, String calibration) throws IOException {
    Path useCase =
        Files.writeString(
            root.resolve("alarms.conf"),
            """
            use-case = alarms
            steps = [risk.train, risk.score]
            data-schemas = "%s"
            spark { ui.enabled = false, sql.shuffle.partitions = 2 }
            risk {
              train {
                examples { path = "%s", contract = alarms.v1 }
                label { column = came }
                candidates = [{ kind = logistic-regression, logistic-regression { regularization = [0.0001] } }]
                choose.random.folds = 2
                balance { kind = %s }
                calibration { kind = %s }
                decision { kind = cost, cost { false-positive = 1, false-negative = 9 } }
              }
              score { examples = ${risk.train.examples}, reasons.top = 0 }
            }
            """
                .formatted(
                    root.resolve("schemas"), root.resolve("alarms.csv"), balance, calibration));
    CommandResult result =
        Cli.run("run", useCase.toString(), "--root", root.toString(), "--date", "2026-01-31");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    List<String[]> rows = new ArrayList<>();
    for (String row :
        PublishedRows.of(
            root.resolve("scores/alarms/ds=2026-01-31"), "id", "probability", "decision")) {
      rows.add(row.split(" ", -1));
    }
    rows.sort(Comparator.comparingInt(row -> Integer.parseInt(row[0])));
    return rows;
  }

  /** The cost that is expected of selecting some rows, by the planted probabilities. */
  private double cost(int row, boolean selected) {
    return selected ? 1 - planted[row] : 9 * planted[row];
  }

  @Test
  void probabilitiesAndThresholdAreThoseThatWerePlanted() throws IOException {
    write();
    for (String[] way :
        new String[][] {{"undersample", "none"}, {"class-weights", "none"}, {"smote", "platt"}}) {
      double apart = 0;
      double said = 0;
      double share = 0;
      double cost = 0;
      double least = 0;
      List<String[]> rows = scores(way[0], way[1]);
      assertThat(rows).hasSize(ROWS);
      for (int i = 0; i < ROWS; i++) {
        double probability = Double.parseDouble(rows.get(i)[1]);
        apart += Math.abs(probability - planted[i]) / ROWS;
        said += probability / ROWS;
        share += planted[i] / ROWS;
        cost += cost(i, Boolean.parseBoolean(rows.get(i)[2]));
        least += cost(i, planted[i] >= BEST);
      }
      assertThat(share).as("rare").isBetween(0.03, 0.06);
      assertThat(said).as(way[0]).isCloseTo(share, within(0.01));
      assertThat(apart).as(way[0]).isLessThan(0.015);
      assertThat(cost / least).as(way[0] + ": cost beside the least").isBetween(0.999, 1.06);
    }
  }
}
