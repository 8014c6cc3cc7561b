package org.millrace.deep.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.millrace.outcome.Stop;

/**
 * How the rows of a table become examples: all that is configured and all that was learnt of the
 * training rows. Stored with the model, so that scoring encodes as training did.
 *
 * @param inputs in the order of the network's inputs
 */
public record Encoding(List<FittedInput> inputs, FittedLabel label) implements Serializable {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  public Encoding {
    inputs = List.copyOf(inputs);
  }

  /** Equal encodings are equal texts. */
  public String toJson() {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of strings and numbers", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @param origin the file, for the message
   * @throws Stop exit 1 where it is no such text
   */
  public static Encoding of(String json, String origin) {
    try {
      return JSON.readValue(json, Encoding.class);
    } catch (IOException e) {
      throw Stop.failed(
              "%s is not the encoding of a model: %s; train the model again",
              origin, String.valueOf(e.getMessage()).lines().findFirst().orElse(""))
          .because(e);
    }
  }
}
