package org.millrace.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.report.RunReport;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;

/** The use cases that users copy, on their own data. */
class UseCasesIT {
  private static final Path HOME = Path.of(System.getProperty("millrace.home"));

  @TempDir Path root;

  private CommandResult run(String useCase, String data, String... more) {
    List<String> line = new ArrayList<>();
    line.addAll(List.of("run", HOME.resolve("conf/use-cases/" + useCase + ".conf").toString()));
    line.addAll(List.of("--root", root.toString(), "--date", "2026-01-31"));
    for (String job : List.of("backtest", "score")) {
      line.addAll(
          List.of("--set", "forecast.%s.series.path=\"%s\"".formatted(job, HOME.resolve(data))));
    }
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
}
