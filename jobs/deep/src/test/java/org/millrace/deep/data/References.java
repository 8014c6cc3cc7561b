package org.millrace.deep.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files and figures that {@code src/test/scripts/encoding_references.py} made. */
final class References {
  private References() {}

  static JsonNode figures() {
    try {
      return new ObjectMapper().readTree(file("references.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] file(String name) {
    try (InputStream stream = References.class.getResourceAsStream(name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
