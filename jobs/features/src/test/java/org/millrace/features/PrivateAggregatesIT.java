package org.millrace.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.testing.Cli;
import org.millrace.testing.CommandResult;
import org.millrace.testing.PublishedRows;

/** The use case of private statistics, until its budget is spent. */
class PrivateAggregatesIT {
  @TempDir Path folder;

  private CommandResult run(String... more) {
    Path home = Path.of(System.getProperty("millrace.home"));
    String[] line = {
      "run",
      home.resolve("conf/use-cases/private-statistics.conf").toString(),
      "--root",
      folder.toString(),
      "--date",
      "1998-06-30",
      "--set",
      "features.private-aggregates.table.path=" + home.resolve("data/purchases/purchases.csv")
    };
    return Cli.run(
        java.util.stream.Stream.concat(java.util.Arrays.stream(line), java.util.Arrays.stream(more))
            .toArray(String[]::new));
  }

  @Test
  void statisticsAreNearTheTruthAndTheThirdRunIsRefused() throws IOException {
    CommandResult first = run();
    assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
    Path table = folder.resolve("tables/private-statistics/ds=1998-06-30");
    List<String> told = PublishedRows.of(table, "statistic", "value");
    assertThat(told).hasSize(1 + 1 + 3 + 6);
    double count = value(told, "count ");
    double mean = value(told, "mean ");
    // Of 6,919 purchases some customers' sixth and later do not count; the noise's deviation is 24.
    assertThat(count).isBetween(4800.0, 6919.0);
    assertThat(mean).isBetween(30.0, 40.0);

    CommandResult second = run();
    assertThat(second.exitCode()).as(second.out() + second.err()).isZero();
    List<String> before = PublishedRows.of(table, "statistic", "value");
    assertThat(before).isNotEqualTo(told);
    String ledger = Files.readString(folder.resolve("privacy/purchases.json"));
    assertThat(ledger).contains(first.runId(), second.runId());

    CommandResult third = run();
    assertThat(third.exitCode()).isEqualTo(4);
    assertThat(third.report(folder).status()).isEqualTo("refused");
    assertThat(third.report(folder).message())
        .contains("budget purchases is spent: epsilon 3.0 of 3.0", "would cost epsilon 1.5");
    assertThat(PublishedRows.of(table, "statistic", "value")).isEqualTo(before);
    assertThat(Files.readString(folder.resolve("privacy/purchases.json"))).isEqualTo(ledger);

    String half = ledger.substring(0, ledger.length() / 2);
    Files.writeString(folder.resolve("privacy/purchases.json"), half);
    CommandResult broken = run();
    assertThat(broken.exitCode()).isEqualTo(3);
    assertThat(broken.report(folder).status()).isEqualTo("refused");
    assertThat(broken.report(folder).message())
        .contains("privacy/purchases.json, is broken: it is not JSON", "nothing was published");
    assertThat(PublishedRows.of(table, "statistic", "value")).isEqualTo(before);
    assertThat(Files.readString(folder.resolve("privacy/purchases.json"))).isEqualTo(half);
  }

  private static double value(List<String> told, String statistic) {
    return told.stream()
        .filter(t -> t.startsWith(statistic))
        .mapToDouble(t -> Double.parseDouble(t.substring(statistic.length())))
        .findFirst()
        .orElseThrow();
  }
}
