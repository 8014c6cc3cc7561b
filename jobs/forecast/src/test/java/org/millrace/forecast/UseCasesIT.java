package org.millrace.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.report.RunReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;
import org.millrace.testing.UseCaseFiles;

/** The use cases that users copy, on their own data. */
class UseCasesIT {
  private static final Path HOME = Path.of(System.getProperty("millrace.home"));

  @TempDir Path root;

  private CommandResult run(String useCase, String data, String... more) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("run", UseCaseFiles.of(useCase).toString()));
    line.addAll(List.of("--root", root.toString(), "--date", "2026-01-31"));
    for (String job : List.of("backtest", "score")) {
      line.addAll(
          List.of("--set", "forecast.%s.series.path=\"%s\"".formatted(job, HOME.resolve(data))));
    }
    line.addAll(List.of("--set", "spark.sql.shuffle.partitions=2"));
    for (String key : more) {
      line.addAll(List.of("--set", key));
    }
    return Cli.run(line.toArray(String[]::new));
  }

  @Test
  void salesAreForecast() {
    CommandResult result = run("sales", "data/series/drinks_monthly_sales.csv");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    RunReport report = result.report(root);
    assertThat(report.jobs().get(1).outputs().get(0).scored()).isEqualTo(1);
    List<String> steps =
        PublishedRows.of(
            root.resolve("scores/sales/ds=2026-01-31"), "step", "method", "history", "filled");
    assertThat(steps).hasSize(12);
  }

  @Test
  void sectorsAddUpToTheirTotals() {
    CommandResult result = run("employment", "data/series/us-employment.csv");

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    Map<String, Double> means = new HashMap<>();
    for (String row :
        PublishedRows.of(
            root.resolve("scores/employment/ds=2026-01-31"), "series", "step", "mean")) {
      String[] fields = row.split(" ", -1);
      means.put(fields[0] + " " + fields[1], Double.parseDouble(fields[2]));
    }
    assertThat(means).hasSize(17 * 12);
    for (int step = 1; step <= 12; step++) {
      double all = means.get("nonfarm " + step);
      assertThat(means.get("private " + step) + means.get("government " + step))
          .isCloseTo(all, offset(1e-6));
      assertThat(
              means.get("durable_goods " + step)
                  + means.get("nondurable_goods " + step)
                  + means.get("mining_and_logging " + step)
                  + means.get("construction " + step)
                  + means.get("private_service_providing " + step)
                  + means.get("government " + step))
          .isCloseTo(all, offset(1e-6));
    }
    RunReport.JobReport backtest = result.report(root).jobs().get(0);
    assertThat(backtest.charts()).anyMatch(c -> c.title().startsWith("Worst by mase"));
    assertThat(backtest.tables()).anyMatch(t -> t.title().startsWith("Share of values"));
  }

  /** Those whose data is not in the repository too. */
  @ParameterizedTest
  @ValueSource(strings = {"sales", "employment", "load", "passengers", "index-forecast"})
  void everyKeyIsBoundAndEveryContractHasItsColumns(String name) {
    assertThat(UseCaseFiles.assertBound(name).steps()).hasSize(2);
  }
}
