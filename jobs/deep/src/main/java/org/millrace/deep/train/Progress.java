package org.millrace.deep.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * A line that rank 0 sends to the driver while it trains; one of the two is null. As text, because
 * the cluster's serializer may be Kryo, which knows no records.
 */
record Progress(Window window, Epoch epoch) {
  private static final JsonMapper JSON = new JsonMapper();

  static Progress of(Window window) {
    return new Progress(window, null);
  }

  static Progress of(Epoch epoch) {
    return new Progress(null, epoch);
  }

  String toLine() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Progress of(String line) {
    try {
      return JSON.readValue(line, Progress.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
