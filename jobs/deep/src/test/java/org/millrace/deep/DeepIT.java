package org.millrace.deep;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport;
import org.millrace.report.RunReport.JobReport;
import org.millrace.report.RunReport.MetricReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;

/** Networks by the command line, on tables with a planted truth. */
class DeepIT {
  private static final int SIZE = 10;

  @TempDir Path folder;

  /** Noise with a bright left or right half, as PNG files in lines of JSON. */
  private List<String> images(int count, long seed) throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean left = random.nextBoolean();
      BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          int bright = (x < SIZE / 2) == left ? 90 : 0;
          image.getRaster().setSample(x, y, 0, bright + random.nextInt(120));
        }
      }
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(image, "png", png);
      lines.add(line("i" + i, png.toByteArray(), left ? "left" : "right"));
    }
    return lines;
  }

  private static String line(String id, byte[] file, String side) {
    return "{\"id\":\"%s\",\"image\":\"%s\",\"side\":\"%s\"}"
        .formatted(id, Base64.getEncoder().encodeToString(file), side);
  }

  private Path useCase(String more) throws IOException {
    Path contracts = Files.createDirectories(folder.resolve("contracts"));
    Files.writeString(
        contracts.resolve("sides.v1.odcs.yaml"),
        """
        kind: DataContract
        apiVersion: v3.1.0
        id: sides
        name: sides
        version: 1.0.0
        status: active
        schema:
          - name: sides
            logicalType: object
            physicalType: table
            properties:
              - {name: id, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 1}
              - {name: image, logicalType: string, physicalType: BINARY}
              - {name: side, logicalType: string}
        """);
    return Files.writeString(
        folder.resolve("sides.conf"),
        """
        use-case = sides
        steps = [deep.train, deep.score, deep.evaluate]
        data-schemas = "%s"
        deep {
          train {
            examples { path = "%s", contract = sides.v1, max-reject-share = 0.1 }
            inputs = [{ name = image, input.image { height = 10, width = 10, channels = 1 } }]
            label.classes.column = side
            network {
              kind = layers
              layers.list = [
                { kind = conv, conv { filters = 4, kernel = 3 } }
                { kind = pool, pool { size = 2 } }
                { kind = dense, dense { units = 8 } }
              ]
            }
            optimization.learning-rate.start = 0.01
            ranks = 2
            batch-size = 16
            training.epochs = 8
            validation.kind = fraction
            gate { metric = accuracy, at-least = 0.9 }
          }
          score { examples = ${deep.train.examples} }
          evaluate { examples = ${deep.train.examples} }
        }
        %s
        """
            .formatted(contracts, folder.resolve("sides.jsonl"), more));
  }

  private CommandResult run(Path useCase, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "run", useCase.toString(), "--root", root().toString(), "--date", "2026-01-31"));
    line.addAll(Arrays.asList(more));
    return Cli.run(line.toArray(String[]::new));
  }

  private Path root() {
    return folder.resolve("root");
  }

  private static double metric(JobReport job, String name) {
    return job.metrics().stream()
        .filter(m -> m.name().equals(name))
        .mapToDouble(MetricReport::value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void trainsOnTwoRanksScoresAndMeasures() throws IOException {
    List<String> lines = images(400, 7);
    byte[] truncated = Arrays.copyOf(Base64.getDecoder().decode(between(lines.get(0))), 60);
    lines.add(line("truncated", truncated, "left"));
    lines.add(line("empty", new byte[0], "left"));
    lines.add("{\"id\":\"absent\",\"side\":\"left\"}");
    Files.write(folder.resolve("sides.jsonl"), lines);

    CommandResult result = run(useCase(""));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    RunReport report = result.report(root());
    JobReport train = report.jobs().get(0);
    assertThat(metric(train, "accuracy")).isGreaterThan(0.9);
    assertThat(train.charts()).extracting(c -> c.title()).contains("Loss by epoch", "Calibration");
    assertThat(train.models()).singleElement().satisfies(m -> assertThat(m.current()).isTrue());
    Map<String, String> sides =
        lines.stream()
            .filter(l -> l.startsWith("{\"id\":\"i"))
            .collect(
                Collectors.toMap(
                    l -> l.split("\"", -1)[3], l -> l.split("\"", -1)[11], (a, b) -> a));
    List<String> scored =
        PublishedRows.of(root().resolve("scores/sides/ds=2026-01-31"), "id", "class");
    assertThat(scored).hasSize(400);
    long right =
        scored.stream()
            .filter(r -> sides.get(r.split(" ", -1)[0]).equals(r.split(" ", -1)[1]))
            .count();
    assertThat(right).isGreaterThan(370);
    assertThat(report.jobs().get(1).outputs().get(0).rejected()).isEqualTo(3);
    for (JobReport job : report.jobs()) {
      assertThat(job.inputs().get(0).rejected()).as(job.job()).isEqualTo(3);
      assertThat(job.inputs().get(0).rejectsByRule())
          .extracting(rule -> rule.rule())
          .containsExactlyInAnyOrder("image.readable", "image.required");
    }
    assertThat(PublishedRows.of(root().resolve("rejects/sides/deep.score/ds=2026-01-31"), "input"))
        .hasSize(3);
    assertThat(PublishedRows.of(root().resolve("rejects/sides/deep.train/ds=2026-01-31"), "input"))
        .hasSize(3);
    assertThat(metric(report.jobs().get(2), "accuracy")).isGreaterThan(0.9);
    assertThat(root().resolve(".resumable")).doesNotExist();
  }

  private static String between(String line) {
    return line.replaceAll(".*\"image\":\"([^\"]*)\".*", "$1");
  }

  @Test
  void layersThatDoNotFitAreRefusedBeforeSparkStarts() throws IOException {
    Files.write(folder.resolve("sides.jsonl"), images(4, 1));
    CommandResult result =
        run(
            useCase(
                """
                deep.train.network.layers.list = [
                  { kind = conv, conv { filters = 4, kernel = 11, padding = valid } }
                ]
                """));

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("layer 1 (conv)", "image 10 x 10 x 1", "11 x 11");
    assertThat(root()).doesNotExist();
  }

  private Path seriesUseCase() throws IOException {
    Path contracts = Files.createDirectories(folder.resolve("contracts"));
    Files.writeString(
        contracts.resolve("demand.v1.odcs.yaml"),
        """
        kind: DataContract
        apiVersion: v3.1.0
        id: demand
        name: demand
        version: 1.0.0
        status: active
        schema:
          - name: demand
            logicalType: object
            physicalType: table
            properties:
              - {name: shop, logicalType: string, required: true, primaryKey: true, primaryKeyPosition: 1}
              - {name: timestamp, logicalType: timestamp, required: true, primaryKey: true, primaryKeyPosition: 2}
              - {name: value, logicalType: number}
        """);
    return Files.writeString(
        folder.resolve("demand.conf"),
        """
        use-case = demand
        steps = [deep.train, deep.score]
        data-schemas = "%s"
        deep {
          train {
            examples { path = "%s", contract = demand.v1, max-reject-share = 0.4 }
            windows { key = shop, step = 1 hour, history = 8, horizon = 2 }
            inputs = [
              { name = past, input { kind = sequence, sequence { columns = [history], features = 1, max-steps = 8 } } }
            ]
            label { kind = numbers, numbers { columns = [future], count = 2 } }
            network { kind = layers, layers.list = [{ kind = lstm, lstm.units = 8 }, { kind = last-step }] }
            optimization.learning-rate.start = 0.02
            batch-size = 16
            training.epochs = 15
            holdout { kind = by-time, by-time.share = 0.2 }
            baseline { kind = seasonal, seasonal { season = 1 } }
          }
          score { examples = ${deep.train.examples}, windows = ${deep.train.windows} }
        }
        """
            .formatted(contracts, folder.resolve("demand.csv")));
  }

  /** Waves of six hours; the third shop has too short a past. */
  @Test
  void forecastsEachSeriesAndTellsOfThoseThatHaveNone() throws IOException {
    List<String> lines = new ArrayList<>(List.of("shop,timestamp,value"));
    for (String shop : List.of("a", "b", "short")) {
      for (int hour = 0; hour < (shop.equals("short") ? 5 : 120); hour++) {
        double value = 100 + (shop.equals("b") ? 20 : 0) + 10 * Math.sin(hour * Math.PI / 3);
        lines.add(
            "%s,2026-01-%02dT%02d:00:00Z,%s".formatted(shop, 1 + hour / 24, hour % 24, value));
      }
    }
    Files.write(folder.resolve("demand.csv"), lines);

    CommandResult result = run(seriesUseCase());

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    List<JobReport> jobs = result.report(root()).jobs();
    MetricReport error =
        jobs.get(0).metrics().stream()
            .filter(m -> m.name().equals("mae"))
            .findFirst()
            .orElseThrow();
    assertThat(error.value()).isLessThan(error.baselines().get("last value") / 2);
    assertThat(PublishedRows.of(root().resolve("scores/demand/ds=2026-01-31"), "shop"))
        .containsExactly("a", "b");
    assertThat(jobs.get(1).outputs().get(0))
        .satisfies(
            output -> {
              assertThat(output.in()).isEqualTo(3);
              assertThat(output.scored()).isEqualTo(2);
              assertThat(output.rejected()).isEqualTo(1);
            });

    CommandResult none =
        run(seriesUseCase(), "--step", "deep.score", "--set", "deep.score.windows.history=200");
    assertThat(none.exitCode()).isEqualTo(3);
    assertThat(none.out()).contains("3 of 3 series");
    assertThat(PublishedRows.of(root().resolve("scores/demand/ds=2026-01-31"), "shop"))
        .containsExactly("a", "b");
  }
}
