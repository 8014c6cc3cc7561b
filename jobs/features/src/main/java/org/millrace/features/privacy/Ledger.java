package org.millrace.features.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
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
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
   * @throws Stop exit 4 where too little is left, exit 3 where the file is no ledger; nothing is
   *     written then
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
              "the ledger of the privacy budget, %s, cannot be read or written: %s; nothing was published",
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
    byte[] bytes;
    try (var in = fs.open(file)) {
      bytes = in.readAllBytes();
    }
    try {
      JsonNode ledger = JSON.readTree(bytes);
      if (ledger instanceof ObjectNode object && object.get("entries") instanceof ArrayNode) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw broken("it is not JSON (%s)".formatted(e.getOriginalMessage())).because(e);
    }
    throw broken("it has no list entries");
  }

  private Cost spent(ObjectNode ledger) {
    Cost spent = new Cost(BigDecimal.ZERO, BigDecimal.ZERO);
    for (JsonNode entry : ledger.get("entries")) {
      spent = spent.plus(new Cost(number(entry, "epsilon"), number(entry, "delta")));
    }
    return spent;
  }

  private BigDecimal number(JsonNode entry, String name) {
    String text = entry.path(name).asText();
    try {
      BigDecimal number = new BigDecimal(text);
      if (number.signum() >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, with costs that would give something back.
    }
    throw broken("%s of an entry is '%s'".formatted(name, text));
  }

  /** What was spent is not known any more: whoever goes on might tell more than is allowed. */
  private Stop broken(String what) {
    return Stop.contract(
        "the ledger of the privacy budget, %s, is broken: %s; accepted is a JSON object with a list entries, each with"
            + " epsilon and delta as numbers from 0 on; nothing was published; restore the ledger from a copy that has every run",
        file, what);
  }
}
