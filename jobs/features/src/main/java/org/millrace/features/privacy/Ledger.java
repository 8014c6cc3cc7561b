package org.millrace.features.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.millrace.outcome.Stop;
import org.millrace.store.SmallFiles;

/**
 * What was spent of a privacy budget, in a file that only grows. Costs add up (sequential
 * composition). To be used by one run at a time.
 *
 * @param file JSON: entries with run, time, epsilon and delta
 */
public record Ledger(Path file, Configuration hadoop) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Epsilon and delta, exactly as they were written. */
  public record Cost(BigDecimal epsilon, BigDecimal delta) {
    Cost plus(Cost more) {
      return new Cost(epsilon.add(more.epsilon), delta.add(more.delta));
    }

    boolean isWithin(Budget budget) {
      return epsilon.compareTo(BigDecimal.valueOf(budget.epsilon())) <= 0
          && delta.compareTo(BigDecimal.valueOf(budget.delta())) <= 0;
    }
  }

  /**
   * Writes a cost down before anything is told for it, so that no crash gives it back.
   *
   * @return what was spent, this included
   * @throws Stop exit 4 where too little is left; nothing is written then
   */
  public Cost spend(Budget budget, Cost cost, String runId) {
    try {
      FileSystem fs = file.getFileSystem(hadoop);
      ObjectNode ledger = read(fs);
      Cost spent = spent(ledger);
      Cost after = spent.plus(cost);
      if (!after.isWithin(budget)) {
        throw Stop.gate(
            "the privacy budget %s is spent: epsilon %s of %s and delta %s of %s are gone, and this run would cost epsilon %s"
                + " and delta %s; ask for less, or leave the data alone: what was told cannot be taken back (ledger %s)",
            budget.name(),
            spent.epsilon().toPlainString(),
            budget.epsilon(),
            spent.delta(),
            budget.delta(),
            cost.epsilon().toPlainString(),
            cost.delta(),
            file);
      }
      ObjectNode entry = ((ArrayNode) ledger.get("entries")).addObject();
      entry.put("run_id", runId);
      entry.put("at", java.time.Instant.now().toString());
      entry.put("epsilon", cost.epsilon().toString());
      entry.put("delta", cost.delta().toString());
      fs.mkdirs(file.getParent());
      SmallFiles.replace(fs, file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(ledger));
      return after;
    } catch (IOException e) {
      throw Stop.failed(
              "the ledger of the privacy budget, %s, cannot be used: %s; nothing was told",
              file, e.getMessage())
          .because(e);
    }
  }

  private ObjectNode read(FileSystem fs) throws IOException {
    if (!fs.exists(file)) {
      ObjectNode ledger = JSON.createObjectNode();
      ledger.putArray("entries");
      return ledger;
    }
    try (var in = fs.open(file)) {
      JsonNode ledger = JSON.readTree(in.readAllBytes());
      if (ledger instanceof ObjectNode object && object.get("entries") instanceof ArrayNode) {
        return object;
      }
      throw new IOException("it is no ledger");
    }
  }

  private static Cost spent(ObjectNode ledger) throws IOException {
    Cost spent = new Cost(BigDecimal.ZERO, BigDecimal.ZERO);
    for (JsonNode entry : ledger.get("entries")) {
      try {
        spent =
            spent.plus(
                new Cost(
                    new BigDecimal(entry.path("epsilon").asText()),
                    new BigDecimal(entry.path("delta").asText())));
      } catch (NumberFormatException e) {
        throw new IOException("an entry has no cost: " + entry, e);
      }
    }
    return spent;
  }
}
