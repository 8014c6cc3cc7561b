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

/** Events and examples in, features out, by the command line. */
class WindowsIT {
  @TempDir Path folder;

  @Test
  void examplesGetWhatWasKnown() throws IOException {
    Path events =
        Files.write(
            folder.resolve("events.csv"),
            List.of(
                "user,timestamp,event,value",
                "a,2026-01-01T00:00:00Z,buy,3",
                "a,2026-01-05T00:00:00Z,buy,4",
                "a,2026-01-09T00:00:00Z,buy,100",
                "b,never,buy,1"));
    Path examples =
        Files.write(
            folder.resolve("examples.csv"),
            List.of(
                "user,timestamp,event",
                "a,2026-01-06T00:00:00Z,good",
                "a,2026-01-02T00:00:00Z,bad"));
    Path useCase =
        Files.writeString(
            folder.resolve("known.conf"),
            """
            use-case = known
            steps = [features.windows]
            features.windows {
              output = known
              history { path = "%s", max-reject-share = 0.5 }
              rows { path = "%s", contract = events.v1 }
              row-time = timestamp
              lookback { windows = [7 days], aggregates = [{ column = value }], lags = [1], lag-columns = [value] }
            }
            """
                .formatted(events, examples));
    Path root = folder.resolve("root");
    CommandResult result =
        Cli.run("run", useCase.toString(), "--root", root.toString(), "--date", "2026-01-31");
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    Path table = root.resolve("tables/known/ds=2026-01-31");
    assertThat(PublishedRows.of(table, "user", "event", "rows_7d"))
        .containsExactly("a bad 1", "a good 2");
    assertThat(
            PublishedRows.of(
                table, "user", "value_sum_7d", "value_mean_7d", "value_lag_1", "age_seconds"))
        .containsExactly("a 3.0 3.0 3.0 86400.0", "a 7.0 3.5 4.0 86400.0");

    CommandResult text =
        Cli.run(
            "run",
            useCase.toString(),
            "--root",
            root.toString(),
            "--date",
            "2026-01-31",
            "--set",
            "features.windows.lookback.aggregates=[{ column = event }]");
    assertThat(text.exitCode()).isEqualTo(2);
    assertThat(text.report(root).message()).contains("column event", "STRING");
  }
}
