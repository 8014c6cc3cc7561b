package org.millrace.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.outcome.Stop;
import org.millrace.risk.drift.Baseline;
import org.millrace.risk.drift.Distribution;
import org.millrace.risk.drift.Ranges;
import org.millrace.risk.features.ColumnKind;

/** Models that earlier code published have no baseline, or one that tells less. */
class BaselineFileTest {
  private static final Configuration HADOOP = new Configuration();
  private static final Distribution INCOME =
      new Distribution(
          "income", ColumnKind.NUMERIC, new Ranges(List.of(1.0, 2.0)), List.of(0L, 9L, 0L, 1L));

  @TempDir Path folder;

  private org.apache.hadoop.fs.Path place() {
    return new org.apache.hadoop.fs.Path(folder.toUri());
  }

  @Test
  void aModelWithoutABaselineHasNone() {
    assertThat(BaselineFile.read(place(), HADOOP)).isEmpty();
  }

  @Test
  void aBaselineComesBackAsItWasWritten() {
    Baseline written = new Baseline(List.of(INCOME, INCOME.asHistory()), List.of());
    BaselineFile.write(place(), written, HADOOP);
    assertThat(BaselineFile.read(place(), HADOOP)).contains(written);
  }

  @Test
  void aBaselineThatDoesNotTellOfHistoryHasNone() throws IOException {
    BaselineFile.write(place(), new Baseline(List.of(INCOME.asHistory()), List.of()), HADOOP);
    Path file = folder.resolve("drift.json");
    String text = Files.readString(file);
    String older = text.replaceAll(",\\s*\"history\" : true", "");
    assertThat(older).isNotEqualTo(text);
    Files.writeString(file, older);
    assertThat(BaselineFile.read(place(), HADOOP))
        .contains(new Baseline(List.of(INCOME), List.of()));
  }

  @Test
  void aFileOfAnotherFormatIsNamed() throws IOException {
    Files.writeString(
        folder.resolve("drift.json"),
        "{\"format\": \"millrace-drift/9\", \"features\": [], \"scores\": []}");
    assertThatThrownBy(() -> BaselineFile.read(place(), HADOOP))
        .isInstanceOf(Stop.class)
        .hasMessageContaining("drift.json cannot be read from")
        .hasMessageContaining("millrace-drift/9");
  }
}
