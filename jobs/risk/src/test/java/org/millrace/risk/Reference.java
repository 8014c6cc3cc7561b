package org.millrace.risk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What other implementations said, as the scripts in {@code src/test/python} wrote it. */
public final class Reference {

  private Reference() {}

  public static JsonNode of(String name) {
    try (InputStream file = Reference.class.getResourceAsStream("/reference/" + name + ".json")) {
      return new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static double[] doubles(JsonNode values) {
    double[] doubles = new double[values.size()];
    for (int i = 0; i < doubles.length; i++) {
      doubles[i] = values.get(i).asDouble();
    }
    return doubles;
  }
}
