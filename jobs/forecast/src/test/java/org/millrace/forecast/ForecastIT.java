package org.millrace.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport;
import org.millrace.report.RunReport.RuleReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;
import org.millrace.testing.RunSchema;

/** Series in, forecasts out, by the command line, with all that can be wrong with series. */
class ForecastIT {
  private static final String[] NUMBERS = {
    "shop", "timestamp", "step", "mean", "quantiles", "method", "history", "filled"
  };

  @TempDir Path folder;

  private final List<String> lines = new ArrayList<>();

  private void contract() throws IOException {
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
              - {name: timestamp, logicalType: timestamp, required: true}
              - {name: value, logicalType: number}
              - {name: price, logicalType: number}
        """);
  }

  private Path useCase(String more) throws IOException {
    contract();
    Path table = Files.write(folder.resolve("sales.csv"), lines);
    return Files.writeString(
        folder.resolve("shops.conf"),
        """
        use-case = shops
        steps = [forecast.backtest, forecast.score]
        data-schemas = "%s"
        spark { master = "local[2]", sql.shuffle.partitions = 2, ui.enabled = false }
        forecast {
          backtest {
            series { path = "%s", contract = shop-sales.v1, max-reject-share = 0.9 }
            layout { shape.rows.key = [shop] }
            methods = [{ kind = naive }, { kind = seasonal-naive }, { kind = drift }]
            horizon = 4
            windows = 3
          }
          score {
            series = ${forecast.backtest.series}
            layout = ${forecast.backtest.layout}
            horizon = 4
          }
        }
        %s
        """
            .formatted(folder.resolve("contracts"), table, more));
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

  private List<String> scores(String... columns) {
    return PublishedRows.of(root().resolve("scores/shops/ds=2026-01-31"), columns);
  }

  private void header() {
    lines.add("shop,timestamp,value,price");
  }

  private void add(String shop, String time, Object value) {
    lines.add("%s,%s,%s,".formatted(shop, time, value));
  }

  /** A year is four quarters and a trend; each shop on a level of its own. */
  private static double sales(int shop, int month, Random random) {
    return 100 * shop + month + 20 * (month % 12) + random.nextGaussian();
  }

  private void monthly(String shop, int number, int months) {
    Random random = new Random(number);
    for (int m = 0; m < months; m++) {
      add(shop, LocalDate.of(2018, 1, 1).plusMonths(m).toString(), sales(number, m, random));
    }
  }

  @Test
  void everySeriesIsForecastOrRefusedWithItsReason() throws IOException {
    header();
    monthly("sound", 1, 48);
    monthly("short", 2, 3);
    add("one", "2020-01-01", 5);
    for (int m = 0; m < 30; m++) {
      String month = LocalDate.of(2020, 1, 1).plusMonths(m).toString();
      add("zeros", month, 0);
      add("constant", month, 7);
      add("nothing", month, "");
      add("nan", month, "NaN");
      add("twice", month, m);
      if (m == 3) {
        add("twice", month, m);
      }
      add("contradicts", month, m);
      if (m == 3) {
        add("contradicts", month, 999);
      }
      // The same hours, as Berlin and as UTC write them: the rows say the same.
      add("zones", "2024-03-01T%02d:00:00+01:00".formatted(m % 23 + 1), m % 23);
      add("zones", "2024-03-01T%02d:00:00Z".formatted(m % 23), m % 23);
      add("mixed", LocalDate.of(2020, 1, 1).plusDays(m).toString(), m);
      add("mixed", LocalDate.of(2021, 1, 1).plusMonths(m).toString(), m);
    }
    add("formats", "2020-01-01", 1);
    add("formats", "01/02/2020", 2);
    add("formats", "March 2020", 3);
    List<String> rows = lines.subList(1, lines.size());
    Collections.shuffle(rows, new Random(9)); // Out of order.
    CommandResult result = run(useCase(""));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    RunReport report = result.report(root());
    assertThat(RunSchema.problems(result.runFolder(root()).resolve("run.json"))).isEmpty();
    List<String> first = scores("shop", "step", "method", "history", "filled", "frequency");
    assertThat(first.stream().filter(r -> r.contains(" 1 ")).map(r -> r.split(" ", 2)[0]))
        .contains("sound", "short", "zeros", "constant", "twice", "contradicts", "zones")
        .doesNotContain("one", "nothing", "nan", "mixed", "formats");
    assertThat(first)
        .anyMatch(r -> r.startsWith("sound 1 ") && r.endsWith(" 48 0 month"))
        .anyMatch(r -> r.startsWith("twice 1 ") && r.endsWith(" 30 0 month"))
        .anyMatch(r -> r.startsWith("contradicts 1 ") && r.endsWith(" 30 1 month"))
        .anyMatch(r -> r.startsWith("zones 1 ") && r.endsWith(" 23 0 hour"));
    assertThat(scores("shop", "step", "mean")).contains("zeros 1 0.0", "constant 4 7.0");
    List<String> refused =
        PublishedRows.of(
            root().resolve("rejects/shops/forecast.score/ds=2026-01-31"),
            "row",
            "rules",
            "reasons");
    String all = String.join("\n", refused);
    assertThat(all)
        .contains("row.duplicate", "999.0", "series.empty", "series.gaps", "series.frequency")
        .contains("value is 'NaN'", "timestamp is '01/02/2020'", "timestamp is 'March 2020'")
        .contains("one time tells no frequency", "more than layout.max-gap-share 0.5");
    RunReport.OutputReport output = report.jobs().get(1).outputs().get(0);
    // Eleven names; nan has no sound row, of formats one is left.
    assertThat(output.unit()).isEqualTo("series");
    assertThat(output.in()).isEqualTo(11);
    assertThat(output.scored()).isEqualTo(7);
    assertThat(output.rejected()).isEqualTo(4);
    assertThat(report.jobs().get(1).inputs().get(0).rejectsByRule())
        .extracting(RuleReport::rule)
        .contains("row.duplicate", "value.finite");
  }

  @Test
  void forecastsAndChoicesDoNotDependOnPartitionsOrOrder() throws IOException {
    header();
    for (int shop = 1; shop <= 40; shop++) {
      monthly("shop" + shop, shop, 30 + shop % 20);
    }
    assertThat(
            run(useCase("forecast { backtest.effort.tasks = 1, score.effort.tasks = 1 }"))
                .exitCode())
        .isZero();
    List<String> one = scores(NUMBERS);
    RunReport.JobReport first = lastBacktest();
    Collections.shuffle(lines.subList(1, lines.size()), new Random(4));
    assertThat(
            run(useCase("forecast { backtest.effort.tasks = 7, score.effort.tasks = 7 }"))
                .exitCode())
        .isZero();

    assertThat(one).hasSize(160);
    assertThat(scores(NUMBERS)).isEqualTo(one);
    assertThat(lastBacktest().metrics()).isEqualTo(first.metrics());
    assertThat(lastBacktest().tables()).isEqualTo(first.tables());
    // A season is a season: the choice must see it.
    assertThat(one.stream().filter(r -> r.contains(" seasonal-naive ")).count()).isEqualTo(160);
    assertThat(metric(first, "mase")).isLessThan(0.6 * baseline(first, "mase", "naive"));
  }

  private RunReport.JobReport lastBacktest() throws IOException {
    try (var runs = Files.list(root().resolve("runs"))) {
      Path newest = runs.max(java.util.Comparator.comparing(Path::toString)).orElseThrow();
      return org.millrace.report.RunJson.read(Files.readAllBytes(newest.resolve("run.json")))
          .jobs()
          .get(0);
    }
  }

  private static double metric(RunReport.JobReport job, String name) {
    return job.metrics().stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static double baseline(RunReport.JobReport job, String name, String method) {
    return job.metrics().stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow()
        .baselines()
        .get(method);
  }

  /** Sales are ten times the price, and the price of the coming months is known, or is not. */
  @Test
  void knownPricesAreLookedAtAndMissingOnesAreTold() throws IOException {
    header();
    Random random = new Random(1);
    double[] price = new double[52];
    for (int m = 0; m < 52; m++) {
      price[m] = 5 + random.nextInt(20);
      String month = LocalDate.of(2018, 1, 1).plusMonths(m).toString();
      String value = m < 48 ? String.valueOf(10 * price[m] + random.nextGaussian()) : "";
      lines.add("known,%s,%s,%s".formatted(month, value, price[m]));
      lines.add("unknown,%s,%s,%s".formatted(month, value, m == 50 ? "" : price[m]));
    }
    CommandResult result =
        run(
            useCase(
                """
                forecast.backtest {
                  layout { known = [price], seasons = [] }
                  methods = [{ kind = naive }, { kind = arima, arima.order = [0, 0, 0], arima.constant = true }]
                  windows = 3
                }
                """));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    List<String> known =
        scores("shop", "step", "mean").stream()
            .filter(r -> r.startsWith("known "))
            .collect(Collectors.toList());
    for (int h = 0; h < 4; h++) {
      double mean = Double.parseDouble(known.get(h).split(" ", 3)[2]);
      assertThat(mean).isCloseTo(10 * price[48 + h], offset(2.0));
    }
    assertThat(
            result.report(root()).jobs().get(1).tables().stream()
                .filter(t -> t.title().startsWith("Reasons"))
                .flatMap(t -> t.rows().stream()))
        .containsExactly(
            List.of(
                "1",
                "arima",
                "without regressors: price is not known at 2022-03-01T00:00:00Z, step 3"));
  }

  @Test
  void wrongConfigurationsStopBeforeAnythingRuns() throws IOException {
    header();
    monthly("a", 1, 30);
    assertThat(run(useCase("forecast.score.horizon = 0")))
        .satisfies(
            r -> {
              assertThat(r.exitCode()).isEqualTo(2);
              assertThat(r.out() + r.err()).contains("horizon", "'0'", "1..10000 steps");
            });
    assertThat(run(useCase("forecast.backtest.layout.frequency = fortnight")).exitCode())
        .isEqualTo(2);
    assertThat(run(useCase("forecast.backtest.layout.zone = Mars")).exitCode()).isEqualTo(2);
    assertThat(
            run(useCase("forecast.backtest.methods = [{ kind = naive }, { kind = naive }]"))
                .exitCode())
        .isEqualTo(2);
    // Of windows that all overlap none tells how a choice by others turned out: no gate could pass.
    assertThat(run(useCase("forecast.backtest { step = 1, gate { metric = mase, at-least = 2 } }")))
        .satisfies(
            r -> {
              assertThat(r.exitCode()).isEqualTo(2);
              assertThat(r.out() + r.err()).contains("windows", "'3'", "5 or more with a gate");
            });
  }

  @Test
  void tooManyBadSeriesStopWithTheReason() throws IOException {
    header();
    monthly("a", 1, 30);
    add("b", "2020-01-01", 5);
    CommandResult result = run(useCase("forecast.backtest.series.max-reject-share = 0.1"));

    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.report(root()).message())
        .contains("nothing can be made of 1 of 2 series", "one time tells no frequency");
    assertThat(
            PublishedRows.of(
                root().resolve("rejects/shops/forecast.backtest/ds=2026-01-31"), "rules"))
        .hasSize(1);
  }

  /**
   * It is forecast by its newest points, and the short ones as if it were not there; but for their
   * intervals, which come from the distances of all.
   */
  @Test
  void oneVeryLongSeriesAmongManyShortOnesIsNoTrouble() throws IOException {
    header();
    for (int shop = 1; shop <= 20; shop++) {
      monthly("short" + shop, shop, 36);
    }
    CommandResult without = run(useCase(""));
    assertThat(without.exitCode()).as(without.out() + without.err()).isZero();
    String[] columns = {"shop", "timestamp", "step", "mean", "method", "history"};
    List<String> alone = scores(columns);
    LocalDateTime first = LocalDateTime.of(2024, 1, 1, 0, 0);
    for (int t = 0; t < 50_000; t++) {
      add("long", first.plusMinutes(t) + ":00Z", t < 49_500 ? 1e9 : 7);
    }
    Collections.shuffle(lines.subList(1, lines.size()), new Random(2));
    CommandResult result = run(useCase("forecast.backtest.layout.max-points = 500"));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(scores(columns)).hasSize(84).containsAll(alone);
    assertThat(scores("shop", "step", "mean", "history", "frequency"))
        .contains("long 1 7.0 500 minute", "long 4 7.0 500 minute");
  }

  /** One tree whose series end together, and one of which a part ends a month before. */
  @Test
  void treesAddUpByTheCovariancesOfTheirErrors() throws IOException {
    header();
    Random random = new Random(5);
    for (int m = 0; m < 40; m++) {
      String month = LocalDate.of(2018, 1, 1).plusMonths(m).toString();
      double north = sales(1, m, random);
      double south = sales(2, m, random);
      add("north", month, north);
      add("south", month, south);
      add("all", month, north + south + random.nextGaussian());
      add("early", month, m < 39 ? north : "");
      add("late", month, south);
      add("both", month, north + south);
    }
    CommandResult result =
        run(
            useCase(
                """
                forecast.backtest.methods = [{ kind = drift }]
                forecast.score.hierarchy {
                  method = mint-shrink
                  parents { north = all, south = all, early = both, late = both }
                }
                """));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    // By time and shop; times sort as texts.
    TreeMap<String, Map<String, Double>> means = new TreeMap<>();
    for (String row : scores("timestamp", "shop", "mean")) {
      String[] fields = row.split(" ", -1);
      int last = fields.length - 1;
      String time = String.join(" ", Arrays.copyOf(fields, last - 1));
      means
          .computeIfAbsent(time, t -> new HashMap<>())
          .put(fields[last - 1], Double.parseDouble(fields[last]));
    }
    assertThat(means.values().stream().filter(at -> at.size() == 6)).hasSize(3);
    for (Map<String, Double> at : means.values()) {
      if (at.containsKey("all")) {
        assertThat(at.get("north") + at.get("south")).isCloseTo(at.get("all"), offset(1e-9));
      }
      if (at.size() == 6) {
        assertThat(at.get("early") + at.get("late")).isCloseTo(at.get("both"), offset(1e-9));
      }
    }
    assertThat(
            result.report(root()).jobs().get(1).tables().stream()
                .filter(t -> t.title().startsWith("Reasons"))
                .flatMap(t -> t.rows().stream())
                .map(r -> r.get(2)))
        .containsExactlyInAnyOrder(
            "not reconciled: both has no forecast at this time",
            "reconciled as by wls-variance: the series of its tree do not end together, or have less than four errors at common"
                + " times");
  }

  /** A table a column a series, intervals as wide as the backtest shows, Kryo on the wire. */
  @Test
  void aColumnASeriesAndIntervalsOfTheBacktest() throws IOException {
    contract();
    header();
    Random random = new Random(6);
    for (int d = 0; d < 300; d++) {
      String day = LocalDate.of(2024, 1, 1).plusDays(d).toString();
      lines.add("x,%s,%s,%s".formatted(day, random.nextGaussian(), 50 + random.nextGaussian()));
    }
    CommandResult result =
        run(
            useCase(
                """
                spark { serializer = org.apache.spark.serializer.KryoSerializer }
                forecast.backtest {
                  layout.shape = null
                  layout.shape { kind = columns, columns { values = [value, price] } }
                  methods = [{ kind = naive }]
                  windows = 40
                  intervals = conformal
                }
                """));

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(scores("series", "step", "frequency"))
        .hasSize(8)
        .contains("price 1 day", "value 4 day");
    String model =
        Files.readString(
            root()
                .resolve("models/shops")
                .resolve(result.report(root()).jobs().get(0).models().get(0).version())
                .resolve("forecast.json"));
    // White noise: the naive interval grows with the step, and should not.
    assertThat(model).contains("\"conformal\"", "\"naive\"");
  }
}
