package org.millrace.risk.decide;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.Locale;

/**
 * From which probability on a row is taken for positive, and what that is expected to bring.
 *
 * @param threshold rows of this probability or a greater one are selected
 * @param rule how it was found, in words
 * @param selected expected share of rows that are selected
 * @param precision expected share of the selected rows that are positive; NaN where none is
 *     selected
 * @param recall expected share of the positive rows that are selected
 * @param cost expected cost a row; NaN where the rule knows no costs
 */
public record Decision(
    @JsonProperty("threshold") double threshold,
    @JsonProperty("rule") String rule,
    @JsonProperty("selected") double selected,
    @JsonProperty("precision") double precision,
    @JsonProperty("recall") double recall,
    @JsonProperty("cost") double cost)
    implements Serializable {

  public boolean selects(double probability) {
    return probability >= threshold;
  }

  /** A sentence for people. */
  public String describe() {
    StringBuilder sentence = new StringBuilder();
    sentence.append(
        String.format(
            Locale.ROOT,
            "Selected from a probability of %.6g (%s): expected are %.2f %% of the rows",
            threshold,
            rule,
            100 * selected));
    if (!Double.isNaN(precision)) {
      sentence.append(
          String.format(
              Locale.ROOT,
              ", of which %.2f %% are positive, and with them %.2f %% of the positive rows",
              100 * precision,
              100 * recall));
    }
    if (!Double.isNaN(cost)) {
      sentence.append(String.format(Locale.ROOT, ", at a cost of %.6g a row", cost));
    }
    return sentence.append('.').toString();
  }
}
