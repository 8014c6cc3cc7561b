package org.millrace.features.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.outcome.ExitCode;
import org.millrace.outcome.Stop;

class LedgerTest {
  private static final Budget BUDGET = new Budget("people", 3, 1e-6);
  private static final Ledger.Cost COST =
      new Ledger.Cost(new BigDecimal("1.5"), new BigDecimal("1e-7"));

  @TempDir Path folder;

  private Ledger ledger() {
    return new Ledger(new org.apache.hadoop.fs.Path(file().toUri()), new Configuration());
  }

  private Path file() {
    return folder.resolve("people.json");
  }

  @Test
  void costsAddUpUntilTheBudgetIsSpent() {
    assertThat(ledger().spend(BUDGET, COST, "one").epsilon()).isEqualByComparingTo("1.5");
    assertThat(ledger().spend(BUDGET, COST, "two").epsilon()).isEqualByComparingTo("3");
    assertThatThrownBy(() -> ledger().spend(BUDGET, COST, "three"))
        .isInstanceOfSatisfying(
            Stop.class, stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.GATE));
  }

  @Test
  void aBrokenLedgerIsRefusedAndLeftAsItIs() throws IOException {
    refused("", "it has no list entries");
    refused("{ \"entries\": [ {", "it is not JSON");
    refused("{\"entries\": []} more", "it is not JSON");
    refused("[]", "it has no list entries");
    refused("{\"entries\": {}}", "it has no list entries");
    refused("{\"entries\": [7]}", "epsilon of an entry is ''");
    refused("{\"entries\": [{\"epsilon\": \"1\"}]}", "delta of an entry is ''");
    refused(
        "{\"entries\": [{\"epsilon\": \"much\", \"delta\": 0}]}", "epsilon of an entry is 'much'");
    refused("{\"entries\": [{\"epsilon\": \"-9\", \"delta\": 0}]}", "epsilon of an entry is '-9'");
  }

  private void refused(String text, String reason) throws IOException {
    Files.writeString(file(), text);
    assertThatThrownBy(() -> ledger().spend(BUDGET, COST, "run"))
        .as(text)
        .hasMessageContaining(file().toString())
        .hasMessageContaining(reason)
        .hasMessageContaining("accepted is a JSON object")
        .hasMessageContaining("nothing was published")
        .isInstanceOfSatisfying(
            Stop.class, stop -> assertThat(stop.exitCode()).isEqualTo(ExitCode.CONTRACT));
    assertThat(file()).hasContent(text);
  }
}
