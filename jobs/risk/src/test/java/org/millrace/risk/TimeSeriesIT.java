package org.millrace.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport.JobReport;
import org.millrace.report.RunReport.MetricReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;

/** Time series in, what comes next out, by the command line. */
class TimeSeriesIT {
  private static final Path HOME = Path.of(System.getProperty("millrace.home"));
  private static final Path DRINKS = HOME.resolve("data/series/drinks_monthly_sales.csv");

  private static final String QUICK =
      "risk.train.candidates=[{kind=gradient-boosting,gradient-boosting{rounds=100,depth=[3],early-stopping=20}}]";

  private static final String LINE =
      "risk.train.candidates=[{kind=linear-regression,linear-regression{regularization=[1]}}]";

  @TempDir Path folder;

  private CommandResult run(String useCase, Path table, String... set) {
    return run(HOME.resolve("conf/use-cases").resolve(useCase + ".conf"), table, set);
  }

  private CommandResult run(Path useCase, Path table, String... set) {
    List<String> line = new ArrayList<>(List.of("run", useCase.toString(), "--root"));
    line.addAll(List.of(folder.resolve("root").toString(), "--date", "2026-01-31"));
    List<String> all = new ArrayList<>(Arrays.asList(set));
    all.addAll(List.of("spark.ui.enabled=false", "spark.sql.shuffle.partitions=2"));
    for (String job : List.of("train", "score")) {
      all.add("risk.%s.examples.path=\"%s\"".formatted(job, table));
    }
    for (String key : all) {
      line.add("--set");
      line.add(key);
    }
    CommandResult result = Cli.run(line.toArray(String[]::new));
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    return result;
  }

  private List<JobReport> jobs(CommandResult result) {
    return result.report(folder.resolve("root")).jobs();
  }

  private static MetricReport metric(JobReport job, String name) {
    return job.metrics().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  private static String fact(JobReport job, String table, String what) {
    return job.tables().stream()
        .filter(t -> t.title().equals(table))
        .flatMap(t -> t.rows().stream())
        .filter(row -> row.get(0).equals(what))
        .findFirst()
        .orElseThrow()
        .get(1);
  }

  private List<String> scores(String useCase, String... columns) {
    return PublishedRows.of(
        folder.resolve("root/scores").resolve(useCase).resolve("ds=2026-01-31"), columns);
  }

  private static double[] drinks() throws IOException {
    return Files.readAllLines(DRINKS).stream()
        .skip(1)
        .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[1]))
        .toArray();
  }

  @Test
  void demandIsToldBetterThanByTheYearBefore() throws IOException {
    double[] sold = drinks();
    CommandResult result =
        run(
            "inventory",
            DRINKS,
            QUICK,
            "steps=[risk.train,risk.score,risk.evaluate]",
            "risk.evaluate.examples=${risk.train.examples}");
    JobReport training = jobs(result).get(0);

    // The newest fifth of the 308 months whose next month is known, but for the years of no
    // history.
    int labelled = sold.length - 12;
    int held = (int) (0.2 * labelled);
    double last = 0;
    double season = 0;
    for (int month = sold.length - held; month < sold.length; month++) {
      last += Math.abs(sold[month] - sold[month - 1]) / held;
      season += Math.abs(sold[month] - sold[month - 12]) / held;
    }
    MetricReport mae = metric(training, "mae");
    assertThat(mae.baselines().get("last value")).isCloseTo(last, within(1e-6));
    assertThat(mae.baselines().get("last season")).isCloseTo(season, within(1e-6));
    assertThat(mae.baselines()).containsKey("mean");
    for (String name : List.of("mae", "rmse", "mape")) {
      MetricReport own = metric(training, name);
      assertThat(own.value()).as(name).isLessThan(0.8 * own.baselines().get("last season"));
    }
    String parts = "Rows of which a label is known";
    assertThat(fact(training, parts, "held out, the newest")).isEqualTo(String.valueOf(held));
    assertThat(fact(training, parts, "left out, since their labels come with the held-out rows"))
        .isEqualTo("1");
    assertThat(fact(training, "Rows of the time series", "rows whose label has not come yet"))
        .isEqualTo("1");
    assertThat(training.warnings()).noneMatch(w -> w.contains("seem to be missing"));
    assertThat(metric(jobs(result).get(2), "mae").baselines()).containsKey("last season");

    List<String> next = scores("inventory", "month", "value");
    assertThat(next).as("only the newest month is open").hasSize(1);
    double value = Double.parseDouble(next.get(0).split(" ", -1)[1]);
    assertThat(value / sold[sold.length - 12]).as("in dollars").isBetween(0.8, 1.3);
    laterRowsDoNotTouchScores();
  }

  /**
   * A table that ends earlier, and one whose later rows are others: what was before is told alike.
   */
  private void laterRowsDoNotTouchScores() throws IOException {
    List<String> lines = Files.readAllLines(DRINKS);
    List<String> changed = new ArrayList<>(lines.subList(0, 251));
    for (String line : lines.subList(251, lines.size())) {
      changed.add(line.split(",", -1)[0] + ",1");
    }
    Collections.shuffle(changed.subList(1, changed.size()), new Random(1));
    List<List<String>> told = new ArrayList<>();
    for (List<String> table : List.of(lines.subList(0, 251), changed)) {
      Path file = Files.write(folder.resolve("cut.csv"), table);
      run("inventory", file, "steps=[risk.score]", "risk.score.rows=all");
      told.add(scores("inventory", "month", "value"));
    }
    // 11 months have no month of the year before the next one.
    assertThat(told.get(0)).hasSize(250 - 11);
    assertThat(told.get(1)).hasSizeGreaterThan(290).containsAll(told.get(0));
  }

  /** Half-hours of twelve weeks: a day, a week, and a level that wanders from week to week. */
  private Path load() throws IOException {
    Random random = new Random(5);
    List<String> lines = new ArrayList<>(List.of("timestamp,value"));
    LocalDateTime begin = LocalDateTime.of(2000, 6, 5, 0, 0);
    double level = 0;
    for (int t = 0; t < 12 * 336; t++) {
      level += t % 336 == 0 ? 100 * random.nextGaussian() : 0;
      double day = 5000 * Math.sin(2 * Math.PI * (t % 48) / 48);
      double value =
          30_000 + level + day - (t / 48 % 7 > 4 ? 4000 : 0) + 600 * random.nextGaussian();
      lines.add("%s:00Z,%.1f".formatted(begin.plusMinutes(30L * t), value));
    }
    return Files.write(folder.resolve("load.csv"), lines);
  }

  @Test
  void theNextWeekIsToldByTheWeeksBefore() throws IOException {
    CommandResult result =
        run("consumption", load(), "risk.train.choose.time-ordered.folds=2", LINE);

    MetricReport mae = metric(jobs(result).get(0), "mae");
    // Noise of one week, and of the mean of four: sqrt(1 + 1 / 4) / sqrt(2) is 0.79.
    assertThat(mae.value()).isLessThan(0.9 * mae.baselines().get("last season"));
    assertThat(mae.baselines().get("last season"))
        .as("a horizon of a week: the newest value is that of the season before")
        .isEqualTo(mae.baselines().get("last value"));
    assertThat(scores("consumption", "timestamp")).as("the next week").hasSize(336);
    assertThat(
            fact(
                jobs(result).get(0),
                "Rows of the time series",
                "rows whose label has not come yet"))
        .isEqualTo("336");
  }

  @Test
  void anIndexThatWandersByChanceIsToldAsWellAsByItsLastCloseAndNotBetter() throws IOException {
    Random random = new Random(11);
    List<String> lines = new ArrayList<>(List.of("date,open,high,low,close,volume"));
    double close = 1000;
    for (LocalDate day = LocalDate.of(2020, 1, 1); lines.size() < 1500; day = day.plusDays(1)) {
      if (day.getDayOfWeek().getValue() < 6) {
        double open = close;
        close *= Math.exp(0.01 * random.nextGaussian());
        lines.add("%s,%.2f,%.2f,%.2f,%.2f,1000".formatted(day, open, close + 9, close - 9, close));
      }
    }
    CommandResult result =
        run(
            "index-close",
            Files.write(folder.resolve("prices.csv"), lines),
            "risk.train.choose.time-ordered.folds=2",
            LINE);

    MetricReport rmse = metric(jobs(result).get(0), "rmse");
    assertThat(rmse.value() / rmse.baselines().get("last value")).isBetween(0.97, 1.03);
    assertThat(rmse.baselines()).doesNotContainKey("last season");
    assertThat(jobs(result).get(0).warnings())
        .as("weekends are no gaps")
        .noneMatch(w -> w.contains("seem to be missing"));
    assertThat(scores("index-close", "date")).hasSize(1);
  }

  /** Shops in any order, with a gap, months without a number and a row without a month. */
  @Test
  void seriesWithFlawsAreToldAndCounted() throws IOException {
    Files.createDirectories(folder.resolve("contracts"));
    Files.writeString(
        folder.resolve("contracts/shop-sales.v1.odcs.yaml"),
        """
        kind: DataContract
        apiVersion: v3.1.0
        id: shop-sales
        name: shop-sales
        version: 1.0.0
        status: active
        schema:
          - name: sales
            properties:
              - {name: shop, logicalType: string, required: true}
              - {name: month, logicalType: date}
              - {name: sold, logicalType: number}
              - {name: price, logicalType: number}
        """);
    List<String> lines = new ArrayList<>();
    Random random = new Random(3);
    for (int shop = 1; shop <= 3; shop++) {
      for (int m = 0; m < 60; m++) {
        boolean gap = shop == 1 && m == 30;
        Object sold = shop == 2 && m == 40 ? "" : 100 * shop + 20 * (m % 12) + random.nextInt(9);
        if (!gap) {
          lines.add(
              "shop%d,%s,%s,%d".formatted(shop, LocalDate.of(2018, 1, 1).plusMonths(m), sold, m));
        }
      }
    }
    lines.add("shop1,,7,7");
    Collections.shuffle(lines, new Random(4));
    lines.add(0, "shop,month,sold,price");
    Path useCase =
        Files.writeString(
            folder.resolve("shops.conf"),
            """
            use-case = shops
            steps = [risk.train, risk.score]
            data-schemas = "%s"
            risk {
              train {
                examples { path = a.csv, contract = shop-sales.v1, max-reject-share = 0.1 }
                label { column = sold }
                time = month
                time-series {
                  column = month, keys = [shop], lags = [0, 11], target = difference, naive.season = 12
                }
                choose { kind = time-ordered, time-ordered { column = month, folds = 2 } }
                holdout { kind = by-time }
              }
              score {
                examples = ${risk.train.examples}
                keep = [shop, month]
              }
            }
            """
                .formatted(folder.resolve("contracts")));
    CommandResult result = run(useCase, Files.write(folder.resolve("sales.csv"), lines), QUICK);

    JobReport training = jobs(result).get(0);
    String facts = "Rows of the time series";
    assertThat(fact(training, facts, "series")).isEqualTo("3");
    assertThat(fact(training, facts, "rows")).isEqualTo("179");
    assertThat(fact(training, facts, "rows whose label has not come yet")).isEqualTo("3");
    assertThat(fact(training, facts, "other rows whose label is missing")).isEqualTo("1");
    // The first 11 of each shop, and the row a year less a month after the month without a number.
    assertThat(fact(training, facts, "rows without a seasonal value before them")).isEqualTo("34");
    assertThat(fact(training, facts, "steps longer by half or more")).isEqualTo("1");
    assertThat(training.warnings())
        .anyMatch(w -> w.contains("1 of 176 steps") && w.contains("seem to be missing"))
        .anyMatch(w -> w.startsWith("34 rows have no value before them to compare with"));
    assertThat(folder.resolve("root/rejects/shops/risk.train/ds=2026-01-31"))
        .as("the row without a month")
        .isDirectory();
    MetricReport mae = metric(training, "mae");
    assertThat(mae.value()).isLessThan(0.2 * mae.baselines().get("last value"));

    JobReport scoring = jobs(result).get(1);
    assertThat(scoring.outputs().get(0).scored()).isEqualTo(180 - 1 - 34);
    assertThat(scoring.outputs().get(0).rejected()).isEqualTo(1 + 34);
  }
}
