package org.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.table.Stops.stops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.outcome.ExitCode;

final class RootTest {
  @TempDir Path folder;

  @Test
  void saysWhereEverythingStands() {
    Root root = Root.open(folder.resolve("new/root").toString(), new Configuration());
    LocalDate date = LocalDate.of(2026, 1, 31);

    assertThat(root.path().toString()).isEqualTo("file:" + folder.resolve("new/root"));
    assertThat(root.scores("films", date).relative()).isEqualTo("scores/films/ds=2026-01-31");
    assertThat(root.table("t", date).relative()).isEqualTo("tables/t/ds=2026-01-31");
    assertThat(root.rejects("films", "recommend.top-k", date).path().toString())
        .isEqualTo(root.path() + "/rejects/films/recommend.top-k/ds=2026-01-31");
  }

  @Test
  void refusesWhatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    for (String location : new String[] {file.toString(), "/proc/x", "none://x/y", " "}) {
      stops(ExitCode.USAGE, () -> Root.open(location, new Configuration()))
          .contains("root " + location + " cannot be written")
          .contains("--root");
    }
  }
}
